/** Implements `run --at`: the local harness drives the client; a service runs the mock, records, grades and signs. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { LoadedConfig } from '../../config/load.ts';
import { createDriver } from '../../drivers/create.ts';
import type { Driver } from '../../drivers/driver.ts';
import { endLeftovers } from '../../drivers/process/end-leftovers.ts';
import { HarnessError } from '../../errors.ts';
import { reportSchema, type Report } from '../../grade/report.ts';
import { readAppSettings } from '../../run/app-settings.ts';
import { pointLatest } from '../../run/folder.ts';
import type { RunOptions, RunOutcome } from '../../run/run.ts';
import { loadSchedule } from '../../run/schedule-files.ts';
import { progressSchema } from '../link/messages.ts';
import { createPeer, errorOf, type Peer } from '../link/peer.ts';
import { createInbox, createOutbox, type Inbox, type Outbox } from '../link/queue.ts';
import type { RunRequest } from '../runs/request.ts';
import { createLocalSessions } from './local-sessions.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';

/** Options of `runAt`. */
export interface RunAtOptions extends RunOptions {
  readonly at: URL;
  readonly token: string;
  /** Id of the service's app that the run belongs to. */
  readonly app?: string | undefined;
}

const finishedSchema = z.object({
  id: z.string().regex(/^[\w-]{1,60}$/u),
  files: z.array(z.string().regex(/^(?:schedules\/)?[\w.-]{1,120}$/u)),
  stale: z.array(z.object({ id: z.string(), reason: z.string(), until: z.string().optional() })),
  expired: z.array(z.object({ id: z.string(), reason: z.string(), until: z.string().optional() })),
  interrupted: z.boolean(),
});
type Finished = z.infer<typeof finishedSchema>;

/** Runs the suites at a service and saves its report in a folder of `outDir`.
 * @throws HarnessError as `run` does; `at-unsupported`, `service-unreachable`, and errors of the service */
export async function runAt(options: RunAtOptions): Promise<RunOutcome> {
  const { config, at, token, outDir } = options;
  const driver = createDriver(config.driver, {
    configDir: config.dir,
    withheld: [...config.withheld, 'SF_CONFORMANCE_TOKEN'],
  });
  const request = await requestOf(options, driver);
  await endLeftovers();
  const client = createServiceClient(at, token);
  try {
    const { id, finished } = await begin({ ...options, client, driver, request });
    const dir = join(outDir, finished.id);
    const files = await bring(client, id, dir, finished.files);
    await pointLatest(outDir, { id: finished.id, path: dir });
    const report = await readReport(dir);
    const { stale, expired, interrupted } = finished;
    return { report, files, stale, expired, dir, interrupted };
  } finally {
    await client.close();
  }
}

/** Most instances of the service that may fail during one run. */
const MOST_REPEATS = 5;

interface BeginParts extends RunAtOptions {
  readonly client: ServiceClient;
  readonly driver: Driver;
  readonly request: RunRequest;
}

/** Runs at one instance; when it is gone, continues at another one, which keeps the finished scenarios. */
async function begin(parts: BeginParts): Promise<{ readonly id: string; readonly finished: Finished }> {
  const { client, request, progress } = parts;
  let continues: string | undefined;
  for (let repeats = 0; ; repeats += 1) {
    // A request whose answer was lost is sent again and must begin one run only.
    const headers = { 'Idempotency-Key': randomUUID() };
    const answer = await client.ask('POST', '/v1/runs', { ...request, continues }, headers);
    const { id } = z.object({ id: z.string() }).parse(answer);
    try {
      return { id, finished: await drive({ ...parts, run: id }) };
    } catch (error) {
      const again = error instanceof HarnessError && error.code === 'repeat' && parts.signal?.aborted !== true;
      if (!again || repeats >= MOST_REPEATS) throw error;
      progress.note(`${error.message} Finished scenarios are kept; the others are run again.`);
      continues = id;
    }
  }
}

async function requestOf(options: RunAtOptions, driver: Driver): Promise<RunRequest> {
  const { config, suites, grep, shard, workers, seed, failOn, timeoutMs, baseline = [] } = options;
  const { publicKey, metadata: _metadata, ...app } = config.app;
  const { policy, rotation, switches, hosts, fixtures, tls } = config.mock;
  const unsupported = fixtures !== undefined ? 'mock.fixtures' : tls ? 'mock.tls' : undefined;
  if (unsupported !== undefined) {
    const message = `"${unsupported}" cannot be used with --at: the service runs the mock.`;
    throw new HarnessError('at-unsupported', message, 'Remove it, or run without --at.');
  }
  const today = new Date().toISOString().slice(0, 10);
  const settings = await readAppSettings(config, suites === undefined ? {} : { suites }, today);
  return {
    config: {
      rules: config.rules,
      app,
      mock: { policy, rotation, switches, hosts },
      run: { ...config.run },
      attestations: config.attestations,
    },
    driver: {
      ...{ type: config.driver.type, abilities: driver.abilities, parallelSessions: driver.parallelSessions },
      sees: driver.see !== undefined,
    },
    ...{ failOn, formats: [...options.formats] as RunRequest['formats'], baseline: [...baseline] },
    ...(suites === undefined ? {} : { suites: [...suites] as RunRequest['suites'] }),
    ...{ grep, shard, workers, seed, timeoutMs, app: options.app },
    replay: options.replay === undefined ? undefined : await loadSchedule(options.replay),
    settings: settings as RunRequest['settings'],
    publicKey: publicKey === undefined ? undefined : await textOf(publicKey),
  };
}

function textOf(publicKey: NonNullable<LoadedConfig['app']['publicKey']>): Promise<string> {
  return readFile(publicKey, 'utf8').catch((cause: unknown) => {
    const message = `"app.publicKey" names ${publicKey}, which cannot be read.`;
    throw new HarnessError('public-key-unreadable', message, 'Name a file with a PEM or a JWK.', { cause });
  });
}

interface DriveParts extends Omit<BeginParts, 'request'> {
  /** Id of the run at the service. */
  readonly run: string;
}

/** Carries out the requests of the service until the run has ended. */
async function drive({ client, driver, run, progress, signal }: DriveParts): Promise<Finished> {
  const outbox = createOutbox();
  const over = new AbortController();
  const ending = Promise.withResolvers<Finished>();
  const fail = (error: unknown): void => ending.reject(error instanceof Error ? error : new Error(String(error)));
  const sessions = createLocalSessions(driver, (): Peer => peer);
  const peer = createPeer((message) => outbox.push(message), {
    ...sessions.methods,
    progress(params) {
      const update = progressSchema.parse(params);
      if ('begun' in update) progress.scenario(update.begun);
      else if ('done' in update) progress.scenarioDone(update.done as Parameters<typeof progress.scenarioDone>[0]);
      else progress.note(update.text);
    },
    finished: (params) => ending.resolve(finishedSchema.parse(params)),
    failed: (params) => fail(errorOf(params as Parameters<typeof errorOf>[0])),
  });
  const inbox = createInbox((message) => peer.receive(message));
  const interrupt = (): void => peer.note('interrupt', null);
  signal?.addEventListener('abort', interrupt, { once: true });
  if (signal?.aborted === true) interrupt();
  const path = `/v1/runs/${run}`;
  receiveOrders(client, `${path}/orders`, inbox, over.signal).catch(fail);
  sendMessages(client, `${path}/messages`, outbox, over.signal).catch(fail);
  try {
    return await ending.promise;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    over.abort();
    peer.close(new HarnessError('service-left', 'The run at the service has ended.', 'Run again.'));
    outbox.close();
    await sessions.end();
  }
}

const ordersSchema = z.object({ messages: z.array(z.object({ number: z.int(), message: z.unknown() })) });

async function receiveOrders(client: ServiceClient, path: string, inbox: Inbox, over: AbortSignal): Promise<void> {
  for (let after = 0; !over.aborted;) {
    const { messages } = ordersSchema.parse(await client.ask('GET', `${path}?after=${String(after)}`));
    after = inbox.receive(messages);
  }
}

/** Longest wait for a message in the queue; a message is sent immediately. */
const WAIT_MS = 60_000;

async function sendMessages(client: ServiceClient, path: string, outbox: Outbox, over: AbortSignal): Promise<void> {
  for (let acknowledged = 0; !over.aborted;) {
    const messages = await outbox.take(acknowledged, WAIT_MS, over);
    if (messages.length === 0) continue;
    const { received } = z.object({ received: z.int() }).parse(await client.ask('POST', path, { messages }));
    acknowledged = received;
  }
}

/** Downloads the files of the report; returns their paths, the report first. */
async function bring(
  client: ServiceClient,
  run: string,
  dir: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const name of names) {
    const path = join(dir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await client.download(`/v1/runs/${run}/files/${name}`));
    if (name !== 'history.jsonl' && !name.startsWith('schedules/')) paths.push(path);
  }
  return paths.toSorted((a, b) => Number(b.endsWith('report.json')) - Number(a.endsWith('report.json')));
}

async function readReport(dir: string): Promise<Report> {
  const value: unknown = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8'));
  reportSchema.parse(value);
  return value as Report;
}
