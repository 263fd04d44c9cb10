/** Hands a request to the instance that owns its tenant. */
import { once } from 'node:events';
import { Agent, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { finished } from 'node:stream/promises';
import { LEASE_MS } from './keeper.ts';

/** What instances say to each other, and a front to them: `KEY;id=…`. Never handed on to a tenant. */
export const HOP_HEADER = 'x-sf-conformance-hop';
/** With `HOP_HEADER`: the client of the request of that id has left, and nobody will send it again. */
export const LEFT_HEADER = 'x-sf-conformance-left';
/** Of an answer that means: the tenant is not here. */
export const MOVED_HEADER = 'x-sf-conformance-moved';
/** A request that is handed on is kept until it is answered. */
const MOST_BYTES = 2 * 1024 * 1024;
const CONNECT_MS = 1_000;

export interface Passed {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  /** `127.0.0.1:4300` */
  readonly address: string;
  /** Value of the header. */
  readonly hop: string;
  /** Asked while the answer is waited for: an owner that is stopped answers nobody, and another may take its tenant. */
  readonly owns: () => Promise<boolean>;
}

export type Outcome = 'answered' | 'moved' | 'gone';

/** Undefined when it is too large, or its client left. */
export async function readWhole(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

/** `gone`: nobody is at that address. An answer that was cut there is cut here.
 * @param closing true: connections end because this instance does, not because clients left */
export function createPassOn(closing: () => boolean): { pass(passed: Passed): Promise<Outcome>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return {
    async pass({ request, response, body, address, hop, owns }) {
      const [host = '', port = ''] = address.split(/:(?=\d+$)/u);
      const headers = [...cleaned(request.rawHeaders), HOP_HEADER, hop];
      const outgoing = send({ host, port, agent, method: request.method, path: request.url, headers });
      const left = () => {
        outgoing.destroy();
        if (response.writableFinished || closing()) return;
        const said = ['Host', request.headers.host ?? '', HOP_HEADER, hop, LEFT_HEADER, '1'];
        const signal = AbortSignal.timeout(CONNECT_MS);
        send({ host, port, agent, method: 'POST', path: '/', headers: said, signal })
          .on('response', (answer) => void answer.resume())
          .on('error', () => undefined)
          .end();
      };
      response.once('close', left);
      const stopped = new AbortController();
      stopped.signal.addEventListener('abort', () => outgoing.destroy());
      const look = async () => {
        if (!(await owns())) stopped.abort();
      };
      const looking = setInterval(() => void look().catch(() => undefined), LEASE_MS);
      outgoing.end(body);
      try {
        const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
        clearInterval(looking);
        if (incoming.headers[MOVED_HEADER] !== undefined) {
          incoming.resume();
          return 'moved';
        }
        response.writeHead(incoming.statusCode ?? 502, cleaned(incoming.rawHeaders));
        incoming.once('error', () => response.destroy());
        incoming.pipe(response);
        await finished(response).catch(() => undefined);
        return 'answered';
      } catch {
        if (response.destroyed) return 'answered';
        if (stopped.signal.aborted && !response.headersSent) return 'moved';
        if (response.headersSent || (await listens(host, Number(port)))) {
          // It was broken off there, on purpose.
          response.destroy();
          return 'answered';
        }
        return 'gone';
      } finally {
        clearInterval(looking);
        response.off('close', left);
      }
    },
    close: () => {
      agent.destroy();
    },
  };
}

/** Without what belongs to one connection (RFC 9110 §7.6.1) or is said among instances. */
function cleaned(raw: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (/^(?:connection|keep-alive|transfer-encoding|content-length|x-sf-conformance-hop)$/iu.test(name)) continue;
    out.push(name, raw[at + 1] ?? '');
  }
  return out;
}

async function listens(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: CONNECT_MS });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
