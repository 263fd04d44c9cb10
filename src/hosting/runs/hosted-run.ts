/** Runs one run on this instance: mock, scenarios, recorder and grading are here, the client is at the partner's. */
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../errors.ts';
import type { Embedding } from '../../../mock-server/start.ts';
import type { LoadedConfig } from '../../config/resolve.ts';
import type { Event } from '../../history/event.ts';
import { describeApp } from '../../run/app-description.ts';
import { loadRuleCatalogue } from '../../run/catalogue.ts';
import { openRun } from '../../run/open-run.ts';
import type { ReadHistory } from '../../history/read-history.ts';
import { writeChained } from '../../run/merge.ts';
import { readOwnHistory } from '../../run/own-history.ts';
import { plan, type PlanRequest } from '../../run/plan.ts';
import { runPlan } from '../../run/run-plan.ts';
import type { Progress } from '../../run/progress.ts';
import { reportRun } from '../../run/report-run.ts';
import { createTimeoutPolicy } from '../../run/timeout-policy.ts';
import { readSchedule } from '../../schedules/schedule.ts';
import type { Driver } from '../../drivers/driver.ts';
import { createPeer, failureOf, type Peer } from '../link/peer.ts';
import { createInbox, createOutbox, type Numbered } from '../link/queue.ts';
import type { PublicationLog } from '../store/publication-log.ts';
import type { RunStore } from '../store/run-store.ts';
import { repeat } from '../repeat.ts';
import { finishedIn, joinParts, wasRefused } from './join-parts.ts';
import { keepReport, retried } from './keep-report.ts';
import { createKeeper, type Keeper, type KeeperOptions } from './keeper.ts';
import { createRemoteDriver } from './remote-driver.ts';
import { configOf, settingsOf, type RunRequest } from './request.ts';
import { createSharingRedactor } from './sharing-redactor.ts';

/** Options of `startHostedRun`. */
export interface HostedRunOptions {
  readonly request: RunRequest;
  readonly store: RunStore;
  readonly log: PublicationLog;
  /** Key that signs the report. */
  readonly key: KeyObject;
  /** Public origin of the service, as reports name it. */
  readonly service: string;
  /** Folder for the files of the active run. */
  readonly dir: string;
  readonly embed: () => Promise<Embedding>;
  /** Events and bytes after which the run is interrupted. */
  readonly most: KeeperOptions['most'];
  /** Histories that other instances recorded of the run, in order: their finished scenarios are not run again. */
  readonly earlier: readonly (readonly Event[])[];
}

/** A partner who is not heard of for so long has left, in milliseconds. */
const SILENCE_MS = 60_000;

/** Begins a run. @throws HarnessError (exit 2) for a configuration that is wrong or selects nothing */
export async function startHostedRun(options: HostedRunOptions) {
  const { request, store } = options;
  const folder = await mkdtemp(join(options.dir, 'run-'));
  const abort = new AbortController();
  const outbox = createOutbox();
  const keeper = createKeeper({
    store,
    holdMs: configOf(request, folder).run.holdMs,
    most: options.most,
    onFull: () => abort.abort('The run has recorded as much as the organisation may.'),
    onLost: () => abort.abort('The history could not be kept.'),
  });
  // The methods need the peer, and the peer its methods.
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
      peer.note('failed', failure);
      await retried(() => store.end({ error: failure })).catch(() => undefined);
    })
    .finally(async () => {
      clearTimeout(silence);
      await rm(folder, { recursive: true, force: true });
    });
  return {
    /** Resolves when it has ended and everything of it is kept. Never rejects. */
    ended,
    /** Messages for the partner after `acknowledged`; waits for one when there is none. */
    take(acknowledged: number, waitMs: number, signal: AbortSignal) {
      heard();
      return outbox.take(acknowledged, waitMs, signal);
    },
    /** Takes messages of the partner; returns the number of the last. @throws ZodError */
    receive(messages: readonly Numbered[]) {
      heard();
      return inbox.receive(messages);
    },
    /** Ends the run with a report of what was done. */
    interrupt: (reason: string) => abort.abort(reason),
  };
}

/** A run that goes on, or has ended and still has messages for the partner. */
export type HostedRun = Awaited<ReturnType<typeof startHostedRun>>;

interface Prepared {
  readonly config: LoadedConfig;
  readonly planned: ReturnType<typeof plan>;
}

async function prepare({ request, earlier }: HostedRunOptions, folder: string, driver: Driver): Promise<Prepared> {
  const loaded = configOf(request, folder);
  const publicKey = request.publicKey === undefined ? undefined : join(folder, 'public-key.pem');
  if (publicKey !== undefined) await writeFile(publicKey, request.publicKey ?? '');
  const config = publicKey === undefined ? loaded : { ...loaded, app: { ...loaded.app, publicKey } };
  const about = { app: describeApp(config), abilities: driver.abilities };
  const planned = plan(await loadRuleCatalogue(config.rules), selectionOf(request, config), about);
  const finished = earlier.map(finishedIn);
  const scenarios = planned.scenarios.filter(({ id }) => !finished.some((ids) => ids.has(id)));
  return { config, planned: { ...planned, scenarios } };
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
  readonly keeper: Keeper;
  readonly abort: AbortController;
}

async function play(parts: PlayParts): Promise<void> {
  const { options, prepared, folder, driver, peer, keeper, abort } = parts;
  const { request, key, service, store, earlier } = options;
  const { config, planned } = prepared;
  const { failOn, seed, timeoutMs } = request;
  const opened = await openRun({
    ...{ config, driver, selection: planned.selection, outDir: folder, failOn, seed, timeoutMs, key },
    onEvent: (event) => keeper.see(event),
    ...{ settings: settingsOf(request), recordedBy: service },
    redactor: createSharingRedactor((kind, raw) => peer.note('secret', { kind, raw })),
  });
  try {
    await runPlan({
      ...{ config, opened, planned, signal: abort.signal, embed: options.embed },
      progress: progressFor(peer, keeper),
      timeoutPolicy: createTimeoutPolicy(opened.timeoutMs),
      workerCount: request.workers ?? config.run.workers,
      replay: readSchedule(request.replay),
    });
    await keeper.kept();
    const dir = opened.folder.path;
    const own = await readOwnHistory(dir, opened.log);
    const read = earlier.length === 0 ? own : await joined({ earlier, own: own.events, dir, id: opened.folder.id });
    const reported = await reportRun({
      ...{ read, signing: { key } },
      ...{ from: dir, to: dir, formats: request.formats, baseline: request.baseline },
    });
    const files = await keepReport({ store, log: options.log, dir, withHistory: earlier.length > 0 });
    const { verdict, summary } = reported.report;
    await retried(() => store.end({ verdict, summary }));
    const { stale, expired } = reported;
    peer.note('finished', { id: opened.folder.id, files, stale, expired, interrupted: abort.signal.aborted });
  } finally {
    opened.finish();
  }
}

interface JoinParts {
  readonly earlier: HostedRunOptions['earlier'];
  readonly own: readonly Event[];
  /** Folder of the run, whose history is replaced. */
  readonly dir: string;
  readonly id: string;
}

/** Joins the histories of earlier instances and the one of this instance. */
async function joined({ earlier, own, dir, id }: JoinParts): Promise<ReadHistory> {
  const strict = earlier.find((part) => finishedIn(part).has('strict'));
  if (strict !== undefined && wasRefused(strict) !== wasRefused(own))
    throw repeat('The strict pre-flight went otherwise at another instance.');
  const path = join(dir, 'history.jsonl');
  await rm(path);
  const chain = await writeChained(path, joinParts(earlier, own, id));
  return readOwnHistory(dir, { chain, flush: () => undefined, closed: true });
}

/** Reports progress: what was recorded before it is in the database by then. */
function progressFor(peer: Peer, keeper: Keeper): Progress {
  let last = Promise.resolve();
  const send = (params: object): void => {
    last = last
      .then(() => keeper.kept())
      .then(
        () => peer.note('progress', params),
        () => undefined,
      );
  };
  return {
    scenario: (begun) => send({ begun }),
    scenarioDone: (done) => send({ done }),
    note: (text) => send({ text }),
  };
}
