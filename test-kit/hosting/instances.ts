/** Instances of the hosted service as processes on one database, and a proxy in front of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** One process. */
export interface Instance {
  /** Where it listens. */
  readonly origin: string;
  /** Token of the service; only the first instance on a new database has one. */
  readonly token: string | undefined;
  readonly process: ChildProcess;
}

export interface Instances extends AsyncDisposable {
  readonly all: readonly Instance[];
  /** Origin of the proxy: each request goes to the first of `order` that takes connections. */
  readonly front: string;
  /** Returns which instances a request is offered to; default: all, beginning with another one each time. */
  order: (request: Pick<IncomingMessage, 'method' | 'url'>, all: readonly Instance[]) => readonly Instance[];
  /** Lines that instances wrote on standard error. */
  readonly log: readonly string[];
}

export interface InstancesOptions {
  readonly count: number;
  readonly databaseUrl: string;
  /** Arguments of `host` of the n-th instance, from 0 on. It listens on 127.0.0.(n+1). */
  readonly args: (n: number) => readonly string[];
}

/** Starts instances that share one signing key. */
export async function startInstances({ count, databaseUrl, args }: InstancesOptions): Promise<Instances> {
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-instances-'));
  const key = join(dir, 'key.pem');
  writeFileSync(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const log: string[] = [];
  const all: Instance[] = [];
  for (let n = 0; n < count; n += 1) {
    const data = join(dir, `data-${String(n)}`);
    mkdirSync(data);
    const host = `127.0.0.${String(n + 1)}`;
    const port = await freePort();
    const listen = ['--listen', host, '--port', String(port)];
    const child = spawn(process.execPath, [MAIN, 'host', '--json', '--data', data, ...listen, ...args(n)], {
      env: { ...process.env, DATABASE_URL: databaseUrl, SF_CONFORMANCE_SIGNING_KEY: key },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
    const ready = Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')]);
    const [line] = (await ready) as [unknown];
    if (typeof line !== 'string') throw new Error(`An instance did not start: ${log.join('\n')}`);
    const { token } = JSON.parse(line) as { readonly token?: string };
    all.push({ origin: `http://${host}:${String(port)}`, token, process: child });
  }
  const turns = { last: 0 };
  const instances = {
    all,
    front: '',
    log,
    order: (_: Pick<IncomingMessage, 'method' | 'url'>, each: readonly Instance[]): readonly Instance[] => {
      turns.last += 1;
      const first = turns.last % each.length;
      return [...each.slice(first), ...each.slice(0, first)];
    },
    async [Symbol.asyncDispose]() {
      front.close();
      front.closeAllConnections();
      for (const { process: child } of all) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
  const front = createServer((request, response) => pass(request, response, instances.order(request, all)));
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  instances.front = `http://127.0.0.1:${String((front.address() as AddressInfo).port)}`;
  return instances;
}

/** Offers a request to instances in turn; one that does not take the connection has not seen it. */
function pass(request: IncomingMessage, response: ServerResponse, order: readonly Instance[]): void {
  const [first, ...others] = order;
  if (first === undefined) {
    response.writeHead(502).end();
    return;
  }
  const onward = httpRequest(new URL(request.url ?? '/', first.origin), {
    method: request.method,
    headers: request.headers,
  });
  onward.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') pass(request, response, others);
    else if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.once('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.once('socket', (socket) => {
    const send = (): void => void request.pipe(onward);
    if (socket.connecting) socket.once('connect', send);
    else send();
  });
  response.once('close', () => onward.destroy());
}
