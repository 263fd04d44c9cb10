/** Forwards requests to the instance that owns a run or a mock, so that they may arrive at any instance. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Agent } from 'undici';

type Exchange = readonly [request: IncomingMessage, response: ServerResponse];

/** What another instance may own. */
interface Owned {
  readonly key: string;
  /** Looks up its owner in the database. */
  readonly owner: () => Promise<URL | undefined>;
  /** Whether its owner may change: a remembered owner is then used only while the database is unavailable. */
  readonly changes: boolean;
}

/** Owners that are remembered, so that a mock answers while the database is away. */
const MOST_OWNERS = 10_000;
const CONNECT_MS = 3_000;
/** Headers of one connection, which are not forwarded (RFC 9110 §7.6.1). */
const HOP = new Set(['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** Returns what passes requests on, unchanged but for the headers of a connection, and without a limit of its own on how long an answer takes. */
export function createElsewhere() {
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
    // Head and body are two writes: otherwise the second waits for the acknowledgement of the first.
    response.socket?.setNoDelay(true);
    response.writeHead(answer.statusCode, lasting(answer.headers as unknown as readonly string[]));
    response.flushHeaders();
    // When one side closes the connection, the other one is closed too.
    await pipeline(answer.body, response).catch(() => undefined);
    return 'sent';
  };

  return {
    /** Passes a request on to what has an owner. False: nothing was done, because the owner is this instance or none. */
    async passOn({ key, owner, changes }: Owned, exchange: Exchange): Promise<boolean> {
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

/** Passes requests on to other instances. */
export type Elsewhere = ReturnType<typeof createElsewhere>;

function raise(error: unknown): never {
  throw error;
}

/** Returns whether no connection was made, so that the request did not arrive. */
const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'].includes(String(error.code));

/** Returns header names and values without connection headers, including those that `Connection` names. */
function lasting(raw: readonly string[]): string[] {
  const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
  const named = pairs.filter(([name]) => name.toLowerCase() === 'connection').flatMap(([, value]) => value.split(','));
  const dropped = new Set([...HOP, ...named.map((name) => name.trim().toLowerCase())]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}
