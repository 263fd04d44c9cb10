/** Converts a Node request into the parsed request that facts are measured from. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { endpointOf } from './endpoint.ts';
import { isOwnHeader } from './redaction/headers.ts';
import { mediaType, type ParsedRequest } from './parsed-request.ts';

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!isOwnHeader(name)) found.push([name, raw[at + 1] ?? '']);
  }
  return found;
}

/** Parses a request into its parameters.
 * @param continues returns whether a path continues an earlier login: such a request is not an authorization request */
export function parseRequest(
  request: IncomingMessage,
  rawBody: Buffer,
  host: 'login' | 'instance' | 'other',
  continues: (path: string) => boolean,
): ParsedRequest {
  const { url = '' } = request;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const search = mark < 0 ? '' : url.slice(mark + 1);
  const endpoint = endpointOf(host, path);
  const received: ParsedRequest = {
    endpoint: endpoint === 'authorize' && continues(path) ? 'login' : endpoint,
    method: request.method ?? '',
    path,
    search,
    query: new URLSearchParams(`?${search}`),
    form: new URLSearchParams(),
    rawBody,
    headers: pairs(request.rawHeaders),
  };
  return mediaType(received) === 'application/x-www-form-urlencoded'
    ? { ...received, form: new URLSearchParams(`?${rawBody.toString('utf8')}`) }
    : received;
}

/** Returns the address that the harness's own proxy reports: `KEY;203.0.113.7` → the address; undefined for any other header. */
export function sourceAddress(header: string | string[] | undefined, key: string): string | undefined {
  const [given, address = ''] = typeof header === 'string' ? header.split(';') : [];
  return given === key && isIP(address) !== 0 ? address : undefined;
}

/** Returns the user that the harness's own browser names: `KEY;user=U1` → `U1`; undefined for any other header. */
export function browserUser(header: string | string[] | undefined, key: string): string | undefined {
  if (typeof header !== 'string' || header.split(';')[0] !== key) return undefined;
  return /;user=([\w.-]{1,64})/.exec(header)?.[1] ?? 'U1';
}
