/** Passes requests on to the instance that owns a run or a mock: whichever instance a request arrives at, it gets there. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Agent } from 'undici';

type Exchange = readonly [request: IncomingMessage, response: ServerResponse];

/** What another instance may own. */
export interface Owned {
  readonly key: string;
  /** Looks its owner up in the database. */
  readonly owner: () => Promise<URL | undefined>;
  /** Its owner may change, so the one that is remembered is only asked while the database is away. */
  readonly changes: boolean;
}

export interface Elsewhere {
  /** Passes a request on to what has an owner. False: nothing was done, because the owner is this instance or none. */
  passOn(owned: Owned, exchange: Exchange): Promise<boolean>;
  close(): Promise<void>;
}

/** Owners that are remembered, so that a mock answers while the database is away. */
const MOST_OWNERS = 10_000;
const CONNECT_MS = 3_000;
/** Headers of one connection, which are not passed on (RFC 9110 §7.6.1). */
const HOP = new Set(['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** Returns what passes requests on, unchanged but for the headers of a connection, and without a limit of its own on how long an answer takes. */
export function createElsewhere(): Elsewhere {
  const agent = new Agent({ connect: { timeout: CONNECT_MS }, headersTimeout: 0, bodyTimeout: 0, pipelining: 1 });
  const owners = new Map<string, URL>();

  const send = async (target: URL, [request, response]: Exchange): Promise<'sent' | 'away' | 'reset'> => {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const { headers, method = 'GET', url = '/' } = request;
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    let answer;
    try {
      answer = await agent.request({
        ...{ origin: target.origin, path: url, method, signal: left.signal },
        ...{ headers: lasting(request.rawHeaders), body: hasBody ? request : null, responseHeaders: 'raw' as const },
      });
    } catch (error) {
      return isAway(error) ? 'away' : 'reset';
    }
    // Head and body are two writes: without this the second waits for the acknowledgement of the first.
    response.socket?.setNoDelay(true);
    response.writeHead(answer.statusCode, lasting(answer.headers as unknown as readonly string[]));
    response.flushHeaders();
    // Whichever side breaks off, the other one sees it.
    await pipeline(answer.body, response).catch(() => undefined);
    return 'sent';
  };

  return {
    async passOn({ key, owner, changes }, exchange) {
      const known = owners.get(key);
      const target =
        known !== undefined && !changes ? known : await owner().catch((error: unknown) => known ?? raise(error));
      if (target === undefined) return false;
      owners.set(key, target);
      if (owners.size > MOST_OWNERS) owners.delete(owners.keys().next().value ?? '');
      const how = await send(target, exchange);
      const [, response] = exchange;
      if (how === 'sent') return true;
      if (how === 'reset') response.socket?.resetAndDestroy();
      else {
        owners.delete(key);
        const text = 'The instance that owns this run cannot be reached.';
        response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
        const problem = { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'owner-away' };
        response.end(JSON.stringify({ ...problem, detail: text }));
      }
      return true;
    },
    close: () => agent.destroy(),
  };
}

function raise(error: unknown): never {
  throw error;
}

/** Whether no connection was made, so that the request did not arrive. */
const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'].includes(String(error.code));

/** Returns names and values in turn without those of the connection; what `Connection` names goes with it. */
function lasting(raw: readonly string[]): string[] {
  const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
  const named = pairs.filter(([name]) => name.toLowerCase() === 'connection').flatMap(([, value]) => value.split(','));
  const dropped = new Set([...HOP, ...named.map((name) => name.trim().toLowerCase())]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}
