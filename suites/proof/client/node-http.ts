/** The same exchange over node:http, for clients that shape their connections and headers themselves. */
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { HttpAnswer, HttpRequest } from './http.ts';

/** Sends it with the extra headers as they are written; header names keep their case on the wire.
 * @param localAddress that it is sent from; default: the system chooses
 * @throws Error when there is no whole answer. */
export function sendOverNodeHttp(
  request: HttpRequest,
  extra: Readonly<Record<string, string>>,
  localAddress?: string,
): Promise<HttpAnswer> {
  const body = request.form?.toString();
  const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const loud = Object.keys(extra).some((name) => name.toLowerCase() === 'content-type');
  return new Promise((resolve, reject) => {
    const open = request.url.startsWith('https:') ? secure : plain;
    const outgoing = open(request.url, {
      method: request.method,
      headers: { accept: 'application/json', ...(loud ? {} : type), ...request.headers, ...extra },
      agent: false,
      localAddress,
      timeout: 20_000,
    });
    outgoing.on('timeout', () => outgoing.destroy(new DOMException('too slow', 'TimeoutError')));
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
        resolve({ status: response.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.end(body);
  });
}
