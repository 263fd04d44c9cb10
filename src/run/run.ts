/** One run, from configuration to report. */
import { createRedactor } from '../../mock-server/recorder/create-redactor.ts';
import type { Mode } from '../../mock-server/mock.ts';
import { writeReports } from '../../reports/write.ts';
import type { LoadedConfig } from '../config/load.ts';
import { createDriver } from '../drivers/create.ts';
import type { LoginAnswer } from '../drivers/driver.ts';
import type { Report } from '../grade/report.ts';
import type { AppDescription, RunBegin } from '../history/event.ts';
import { HarnessError } from '../errors.ts';
import { name, version } from '../version.ts';
import { describeApp } from './app-description.ts';
import { readAppSettings, recordAppSettings } from './app-settings.ts';
import { createWorker, playAll, type WorkerOptions, type Worker } from './worker.ts';
import { loadCatalogue, type SuiteCatalogue } from './catalogue.ts';
import { needsEncoding } from './environment.ts';
import { beginHistory, createRunFolder, pointLatest } from './folder.ts';
import { createObserver } from './observer.ts';
import { createTimeoutPolicy } from './timeout-policy.ts';
import { plan, type Plan } from './plan.ts';
import { faultOf } from './preflight.ts';
import type { Progress } from './progress.ts';
import { regrade } from './regrade.ts';
import { loadSchedule, writeSchedules } from './schedule-files.ts';
import { markRunning } from './unfinished.ts';

export interface RunOptions {
  readonly config: LoadedConfig;
  readonly suites?: readonly string[];
  readonly grep?: string;
  /** `i/n`. */
  readonly shard?: string;
  readonly workers?: number;
  readonly seed?: number;
  /** File with a schedule that an earlier run wrote: only it is played. */
  readonly replay?: string;
  /** Ids of the only scenarios to play. */
  readonly scenarios?: readonly string[];
  readonly outDir: string;
  readonly formats: readonly string[];
  readonly failOn: 'must' | 'should' | 'never';
  readonly timeoutMs?: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface RunOutcome {
  readonly report: Report;
  readonly dir: string;
  readonly files: readonly string[];
  /** The run was broken off by `signal`; its report is partial. */
  readonly interrupted: boolean;
}

/** @throws HarnessError with exit 2 when the client cannot be judged at all. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { config, progress } = options;
  const catalogue = await loadCatalogue();
  const driver = createDriver(config.driver, { configDir: config.dir });
  const app = describeApp(config);
  const replay = options.replay === undefined ? undefined : await loadSchedule(options.replay);
  const planned = plan(catalogue, request(options), { app, abilities: driver.abilities });
  const seed = options.seed ?? config.run.seed;
  const startedAt = new Date();
  const settings = await readAppSettings(config, planned.selection, startedAt.toISOString().slice(0, 10));
  const folder = await createRunFolder(options.outDir, startedAt);
  const log = beginHistory(folder.path);
  const ended = markRunning(folder.path);
  try {
    const observer = createObserver();
    log.subscribe((event) => {
      observer.see(event);
      driver.see?.(event);
    });
    const timeoutMs = options.timeoutMs ?? config.run.timeoutMs;
    const signal = options.signal ?? new AbortController().signal;
    const parts: WorkerOptions = {
      config,
      app,
      driver,
      log,
      redactor: createRedactor(),
      observer,
      timeoutPolicy: createTimeoutPolicy(timeoutMs),
      progress,
      signal,
      seed,
      ...(replay === undefined ? {} : { replay }),
    };
    log.append({
      ...describeRun(options, app, planned),
      run: {
        id: folder.id,
        startedAt: startedAt.toISOString(),
        seed,
        quietMs: config.run.quietMs,
        holdMs: config.run.holdMs,
        timeoutMs,
        herd: config.run.herd,
        policy: config.mock.policy,
        rotation: config.mock.rotation,
        driver: driver.type,
      },
      abilities: { ...driver.abilities },
    });
    if (settings !== undefined) recordAppSettings(settings, log);
    const workers: Worker[] = [];
    try {
      await campaign(parts, planned, catalogue, workers, options.workers ?? config.run.workers);
      log.append(
        signal.aborted
          ? { kind: 'run-end', outcome: 'interrupted', detail: 'The run was interrupted.' }
          : { kind: 'run-end', outcome: 'completed' },
      );
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
      await log.close();
    }
    const { graded, history } = await regrade(folder.path);
    await writeSchedules(folder.path, history);
    const { report, files } = await writeReports({
      dir: folder.path,
      report: graded,
      history,
      formats: options.formats,
    });
    await pointLatest(options.outDir, folder);
    return { report, dir: folder.path, files, interrupted: signal.aborted };
  } finally {
    ended();
  }
}

/** Pre-flight, then everything else in the mode that it settled. */
async function campaign(
  parts: WorkerOptions,
  planned: Plan,
  catalogue: SuiteCatalogue,
  workers: Worker[],
  count: number,
): Promise<void> {
  const { config, observer, progress, signal } = parts;
  const first = await createWorker(parts, config.mock.port);
  workers.push(first);
  const strict = catalogue.scenarios.find(({ id }) => id === 'strict');
  const login = catalogue.scenarios.find(({ id }) => id === 'login');
  if (strict === undefined || login === undefined) {
    throw new HarnessError(
      'catalogue-broken',
      'The scenarios "strict" and "login" are missing.',
      'Reinstall the package.',
      {
        exit: 70,
      },
    );
  }
  const total = planned.scenarios.length + 1;
  progress.scenario({ id: strict.id, title: strict.title, n: 1, of: total });
  const preflight = await first.runScenario(strict, 'strict');
  progress.scenarioDone({ id: strict.id, outcome: preflight.outcome, durationMs: preflight.durationMs });
  if (signal.aborted) return;
  let rest = planned.scenarios;
  let done = 1;
  const mode: Mode = observer.refused ? 'observing' : config.mock.policy;
  let lastLogin = preflight.logins.at(-1);
  if (observer.refused) {
    progress.note('The strict mock refused this client in pre-flight; the run observes from here on.');
    if (!observer.tokenRequested) {
      const observed = await first.runScenario(login, mode);
      lastLogin = observed.logins.at(-1);
      rest = rest.filter((scenario) => scenario.id !== login.id);
      done += planned.scenarios.length - rest.length;
    }
  }
  // The signal may have come during the second login.
  if (!isAborted(signal) && observer.harnessFault('strict') === undefined) assertJudgeable(parts, lastLogin);
  const more = Math.min(Math.max(1, count), Math.max(1, rest.length), canShareTheMachine(parts) ? 32 : 1);
  while (workers.length < more) workers.push(await createWorker(parts, 0));
  await playAll(workers, rest, mode, parts, done);
}

const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Several sessions at once need a driver that starts the client, and a callback port that the client chooses by itself. */
function canShareTheMachine({ driver, config }: WorkerOptions): boolean {
  return (
    driver.parallelSessions && config.app.redirectUris.every((uri) => !/^http:\/\/[^/]*:[1-9]\d*(?:\/|$)/u.test(uri))
  );
}

function assertJudgeable(parts: WorkerOptions, login: LoginAnswer | undefined): void {
  const { observer } = parts;
  const fault = faultOf({
    login,
    tokenRequested: observer.tokenRequested,
    authorizationRequested: observer.authorizationRequested,
    refusals: observer.observedRefusals,
    timeoutMs: parts.timeoutPolicy.wholeMs,
    lastWords: observer.lastWords,
    callbackError: observer.callbackError,
    redirectUri: observer.redirectUri,
    registered: parts.config.app.redirectUris,
  });
  if (fault !== undefined) throw fault;
}

function request(options: RunOptions): Parameters<typeof plan>[1] {
  if (options.replay !== undefined) return { only: ['commit-order'] };
  if (options.scenarios !== undefined) return { only: options.scenarios };
  const suites = options.suites ?? options.config.run.suites;
  return {
    ...(suites === undefined ? {} : { suites }),
    ...(options.grep === undefined ? {} : { grep: options.grep }),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  };
}

function describeRun(options: RunOptions, app: AppDescription, planned: Plan): Omit<RunBegin, 'run' | 'abilities'> {
  return {
    kind: 'run-begin',
    schemaVersion: 1,
    tool: { name, version },
    app,
    selection: planned.selection,
    failOn: options.failOn,
    attestations: options.config.attestations,
    metadata: options.config.app.metadata.length > 0,
    secretNeedsEncoding: app.client === 'confidential' && needsEncoding(options.config.app.clientSecret),
  };
}
