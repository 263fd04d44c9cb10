/** One run on this instance: mock, scenarios, recorder and grading are here, the client is at the partner's. */
import type { KeyObject } from 'node:crypto';
import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HarnessError } from '../../errors.ts';
import type { Embedding } from '../../../mock-server/start.ts';
import type { LoadedConfig } from '../../config/resolve.ts';
import type { Event } from '../../history/event.ts';
import { describeApp } from '../../run/app-description.ts';
import { loadRuleCatalogue } from '../../run/catalogue.ts';
import { openRun } from '../../run/open-run.ts';
import { readOwnHistory } from '../../run/own-history.ts';
import { plan, type PlanRequest } from '../../run/plan.ts';
import { playRun } from '../../run/play-run.ts';
import type { Progress } from '../../run/progress.ts';
import { reportRun } from '../../run/report-run.ts';
import { createTimeoutPolicy } from '../../run/timeout-policy.ts';
import { readSchedule } from '../../schedules/schedule.ts';
import type { Driver } from '../../drivers/driver.ts';
import { createPeer, failureOf, type Peer } from '../link/peer.ts';
import { createInbox, createOutbox, type Numbered } from '../link/queue.ts';
import type { PublicationLog } from '../store/publication-log.ts';
import type { RunStore } from '../store/run-store.ts';
import { createKeeper } from './keeper.ts';
import { createRemoteDriver } from './remote-driver.ts';
import { configOf, settingsOf, type RunRequest } from './request.ts';
import { createSharingRedactor } from './sharing-redactor.ts';

export interface HostedRunOptions {
  readonly request: RunRequest;
  readonly store: RunStore;
  readonly log: PublicationLog;
  /** Signs the report. */
  readonly key: KeyObject;
  /** Public origin of the service, as reports name it. */
  readonly service: string;
  /** Folder for what is written while the run lasts. */
  readonly dir: string;
  readonly embed: () => Promise<Embedding>;
  /** Events after which the run is interrupted. */
  readonly mostEvents: number;
}

/** A run that goes on, or has ended and still has messages for the partner. */
export interface HostedRun {
  /** Messages for the partner after `acknowledged`; waits for one when there is none. */
  take(acknowledged: number, waitMs: number, signal: AbortSignal): Promise<readonly Numbered[]>;
  /** Takes messages of the partner; returns the number of the last. @throws ZodError */
  receive(messages: readonly Numbered[]): number;
  /** Ends the run with a report of what was done. */
  interrupt(reason: string): void;
  /** Resolves when it has ended and everything of it is kept. Never rejects. */
  readonly ended: Promise<void>;
}

/** A partner who is not heard of for so long has left, in milliseconds. */
const SILENCE_MS = 60_000;

/** Begins a run. @throws HarnessError (exit 2) for a configuration that is wrong or selects nothing */
export async function startHostedRun(options: HostedRunOptions): Promise<HostedRun> {
  const { request, store } = options;
  const folder = await mkdtemp(join(options.dir, 'run-'));
  const abort = new AbortController();
  const outbox = createOutbox();
  const keeper = createKeeper(store, () => abort.abort('The history could not be kept.'));
  // Its methods need the peer, and the peer its methods.
  const remote = createRemoteDriver({ ...request.driver, peer: (): Peer => peer, kept: () => keeper.kept() });
  const peer = createPeer((message) => outbox.push(message), {
    ...remote.methods,
    interrupt: () => abort.abort('The partner interrupted the run.'),
  });
  const inbox = createInbox((message) => peer.receive(message));
  let silence: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => leave("The partner's harness was not heard of any more."), SILENCE_MS);
  };
  const leave = (reason: string): void => {
    abort.abort(reason);
    peer.close(new HarnessError('partner-left', reason, 'Run again.'));
  };
  const prepared = await prepare(options, folder, remote.driver).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  heard();
  const ended = play({ options, prepared, folder, driver: remote.driver, peer, keeper, abort })
    .catch(async (error: unknown) => {
      const failure = failureOf(error);
      await store.end({ error: failure }).catch(() => undefined);
      peer.note('failed', failure);
    })
    .finally(async () => {
      clearTimeout(silence);
      await rm(folder, { recursive: true, force: true });
    });
  return {
    ended,
    take(acknowledged, waitMs, signal) {
      heard();
      return outbox.take(acknowledged, waitMs, signal);
    },
    receive(messages) {
      heard();
      return inbox.receive(messages);
    },
    interrupt: (reason) => abort.abort(reason),
  };
}

interface Prepared {
  readonly config: LoadedConfig;
  readonly planned: ReturnType<typeof plan>;
}

async function prepare({ request }: HostedRunOptions, folder: string, driver: Driver): Promise<Prepared> {
  const loaded = configOf(request, folder);
  const publicKey = request.publicKey === undefined ? undefined : join(folder, 'public-key.pem');
  if (publicKey !== undefined) await writeFile(publicKey, request.publicKey ?? '');
  const config = publicKey === undefined ? loaded : { ...loaded, app: { ...loaded.app, publicKey } };
  const about = { app: describeApp(config), abilities: driver.abilities };
  return { config, planned: plan(await loadRuleCatalogue(config.rules), selectionOf(request, config), about) };
}

function selectionOf({ replay, suites, grep, shard }: RunRequest, config: LoadedConfig): PlanRequest {
  if (replay !== undefined) return { only: ['commit-order'] };
  return { suites: suites ?? config.run.suites, grep, shard };
}

interface PlayParts {
  readonly options: HostedRunOptions;
  readonly prepared: Prepared;
  readonly folder: string;
  readonly driver: Driver;
  readonly peer: Peer;
  readonly keeper: ReturnType<typeof createKeeper>;
  readonly abort: AbortController;
}

async function play(parts: PlayParts): Promise<void> {
  const { options, prepared, folder, driver, peer, keeper, abort } = parts;
  const { request, key, service, store } = options;
  const { config, planned } = prepared;
  const { failOn, seed, timeoutMs } = request;
  const onEvent = (event: Event): void => {
    keeper.see(event);
    if (event.seq === options.mostEvents) abort.abort('The run has as many events as the organisation may record.');
  };
  const opened = await openRun({
    ...{ config, driver, selection: planned.selection, outDir: folder, failOn, seed, timeoutMs, key, onEvent },
    ...{ settings: settingsOf(request), recordedBy: service },
    redactor: createSharingRedactor((kind, raw) => peer.note('secret', { kind, raw })),
  });
  try {
    await playRun({
      ...{ config, opened, planned, signal: abort.signal, embed: options.embed },
      progress: progressFor(peer),
      timeoutPolicy: createTimeoutPolicy(opened.timeoutMs),
      workerCount: request.workers ?? config.run.workers,
      replay: readSchedule(request.replay),
    });
    await keeper.kept();
    const dir = opened.folder.path;
    const reported = await reportRun({
      ...{ read: await readOwnHistory(dir, opened.log), signing: { key } },
      ...{ from: dir, to: dir, formats: request.formats, baseline: request.baseline },
    });
    const files = await keepReport(options, dir);
    const { verdict, summary } = reported.report;
    await store.end({ verdict, summary });
    const { stale, expired } = reported;
    peer.note('finished', { id: opened.folder.id, files, stale, expired, interrupted: abort.signal.aborted });
  } finally {
    opened.finish();
  }
}

/** Files of a run's folder that are not its report; the history is kept already. */
const OTHER_FILES = ['history.jsonl', 'running.json'];

/** Keeps the files of a report and adds it to the log of the service; returns their names and that of the history. */
async function keepReport({ store, log }: HostedRunOptions, dir: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(dir, path).split(sep).join('/');
    if (!entry.isFile() || OTHER_FILES.includes(name)) continue;
    const content = await readFile(path);
    await store.keep(name, content);
    if (name === 'report.sig') await log.add(hash('sha256', content, 'hex'), new Date());
    names.push(name);
  }
  return [...names, 'history.jsonl'];
}

function progressFor(peer: Peer): Progress {
  return {
    scenario: (begun) => peer.note('progress', { begun }),
    scenarioDone: (done) => peer.note('progress', { done }),
    note: (text) => peer.note('progress', { text }),
  };
}
