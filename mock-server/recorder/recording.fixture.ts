/** For tests: a recorder around a handler of the test's own, on real sockets, with a history on disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa, { type Context } from 'koa';
import type { Event, EventBody, EventOf } from '../../src/history/event.ts';
import { openLog } from '../../src/history/open-log.ts';
import type { MockApp } from '../mock.ts';
import type { Exchange, TokenBook } from './exchange.ts';
import { createVault } from './memory.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import type { Vault } from './vault.ts';

export const BROWSER_KEY = 'bk7-Qm2xT9vLk4wZ8pYd';

export const APP: MockApp = {
  clientId: 'app-1',
  clientSecret: 'right-s3cret/with+signs',
  client: 'confidential',
  redirectUris: ['http://127.0.0.1:0/callback'],
};

export type Handler = (ctx: Context, exchange: Exchange) => unknown;

export interface Recording {
  readonly login: string;
  readonly instance: string;
  readonly recorder: Recorder;
  readonly vault: Vault;
  readonly events: readonly Event[];
  record(body: EventBody): Event;
  /** Replaces what answers. */
  answer(handler: Handler): void;
  of<K extends EventBody['kind']>(kind: K): readonly EventOf<K>[];
  /** Resolves with the first event of that kind that fits, past or future; rejects after 5 s. */
  seen<K extends EventBody['kind']>(kind: K, fits?: (event: EventOf<K>) => boolean): Promise<EventOf<K>>;
  /** Closes everything and gives the text of the file. */
  close(): Promise<string>;
}

const NOTHING: TokenBook = { refreshToken: () => Promise.resolve(null), accessToken: () => Promise.resolve(null) };

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });

export async function startRecording(
  options: {
    readonly tokens?: TokenBook;
    readonly app?: MockApp;
    readonly held?: () => number;
    readonly vault?: Vault;
  } = {},
): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  const path = join(folder, 'history.jsonl');
  const log = openLog({ path });
  const events: Event[] = [];
  log.subscribe((event) => events.push(event));
  const vault = options.vault ?? createVault();
  const ports = new Map<number, 'login' | 'instance'>();
  const recorder = createRecorder({
    record: (body) => log.append(body),
    now: () => log.now(),
    vault,
    app: options.app ?? APP,
    browserKey: BROWSER_KEY,
    tokens: options.tokens ?? NOTHING,
    hostOf: (port) => ports.get(port) ?? 'other',
    ...(options.held ? { held: options.held } : {}),
  });
  let handler: Handler = (ctx) => {
    ctx.body = { ok: true };
  };
  const app = new Koa();
  app.silent = true;
  app.use(recorder.middleware);
  app.use(async (ctx) => {
    await handler(ctx, (ctx.state as { exchange: Exchange }).exchange);
  });
  const answering = app.callback();
  const serve = (): Server =>
    createServer((request, response) => {
      void answering(request, response);
    });
  const servers = [serve(), serve()] as const;
  const [loginPort, instancePort] = [await listen(servers[0]), await listen(servers[1])];
  ports.set(loginPort, 'login').set(instancePort, 'instance');

  const of = <K extends EventBody['kind']>(kind: K): readonly EventOf<K>[] =>
    events.filter((event): event is EventOf<K> => event.kind === kind);
  return {
    login: `http://127.0.0.1:${String(loginPort)}`,
    instance: `http://127.0.0.1:${String(instancePort)}`,
    recorder,
    vault,
    events,
    record: (body) => log.append(body),
    of,
    answer(next) {
      handler = next;
    },
    seen: (kind, fits = () => true) =>
      new Promise((resolve, reject) => {
        const deadline = setTimeout(() => {
          stop();
          reject(new Error(`no ${kind} event came within 5 s`));
        }, 5_000);
        const look = (): void => {
          const event = of(kind).find(fits);
          if (!event) return;
          clearTimeout(deadline);
          stop();
          resolve(event);
        };
        const stop = log.subscribe(look);
        look();
      }),
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await log.close();
      const text = readFileSync(path, 'utf8');
      rmSync(folder, { recursive: true });
      return text;
    },
  };
}

/** A bare TCP connection to an origin, for what no HTTP client would do. */
export const dial = (origin: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname, () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });

/** Everything that the other side sends until it ends or resets the connection. */
export const received = (socket: Socket): Promise<{ readonly text: string; readonly reset: boolean }> =>
  new Promise((resolve) => {
    let text = '';
    let reset = false;
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => (reset = true));
    socket.once('close', () => {
      resolve({ text, reset });
    });
  });
