/** Runs everything from configuration to report. */
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import { createDriver } from '../drivers/create.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { RunBegin } from '../history/event.ts';
import { describeApp } from './app-description.ts';
import type { BaselineEntry } from './baseline.ts';
import { loadRuleCatalogue } from './catalogue.ts';
import { pointLatest } from './folder.ts';
import { openRun } from './open-run.ts';
import { readOwnHistory } from './own-history.ts';
import { plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import type { Progress } from './progress.ts';
import { reportRun, type ReportedRun } from './report-run.ts';
import { loadSchedule } from './schedule-files.ts';
import type { WorkerOptions } from './worker.ts';
import { createTimeoutPolicy } from './timeout-policy.ts';

/** Options of `run`. */
export interface RunOptions {
  readonly config: LoadedConfig;
  readonly suites?: readonly string[] | undefined;
  readonly grep?: string | undefined;
  /** `i/n`. */
  readonly shard?: string | undefined;
  readonly workers?: number | 'auto' | undefined;
  readonly seed?: number | undefined;
  /** File with a schedule that an earlier run wrote; only that schedule is run. */
  readonly replay?: string | undefined;
  /** Ids of the only scenarios to run. */
  readonly scenarios?: readonly string[] | undefined;
  /** Known failures; default: none. */
  readonly baseline?: readonly BaselineEntry[] | undefined;
  readonly outDir: string;
  readonly formats: readonly string[];
  readonly failOn: RunBegin['failOn'];
  readonly timeoutMs?: number | undefined;
  readonly progress: Progress;
  /** See `WorkerOptions.embed`. */
  readonly embed?: WorkerOptions['embed'];
  readonly signal?: AbortSignal | undefined;
}

/** The result of `run`. */
export interface RunOutcome extends Pick<ReportedRun, 'report' | 'files' | 'stale' | 'expired'> {
  /** Folder of the run. */
  readonly dir: string;
  /** Whether `signal` interrupted the run; its report is partial. */
  readonly interrupted: boolean;
}

/** Runs the selected scenarios, grades the history and writes the signed report.
 * @throws HarnessError with exit 2 when the client cannot be judged at all. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { config, outDir, failOn, seed, progress, formats, baseline = [] } = options;
  const { signal = new AbortController().signal } = options;
  const catalogue = await loadRuleCatalogue(config.rules);
  const driver = createDriver(config.driver, { configDir: config.dir, withheld: config.withheld });
  const replay = options.replay === undefined ? undefined : await loadSchedule(options.replay);
  const planned = plan(catalogue, requestOf(options), { app: describeApp(config), abilities: driver.abilities });
  const { selection } = planned;
  const { key } = await loadSigningKey();
  const { timeoutMs } = options;
  const say = (text: string): void => progress.note(text);
  const opened = await openRun({ config, driver, selection, outDir, failOn, seed, timeoutMs, key, say });
  try {
    const timeoutPolicy = createTimeoutPolicy(opened.timeoutMs);
    const workerCount = options.workers ?? config.run.workers;
    await runPlan({
      config,
      opened,
      planned,
      workerCount,
      timeoutPolicy,
      progress,
      signal,
      replay,
      embed: options.embed,
    });
    const dir = opened.folder.path;
    const { report, files, stale, expired } = await reportRun({
      ...{ read: await readOwnHistory(dir, opened.log), signing: { key } },
      ...{ from: dir, to: dir, formats, baseline },
    });
    await pointLatest(outDir, opened.folder);
    return { report, files, stale, expired, dir, interrupted: signal.aborted };
  } finally {
    opened.finish();
  }
}

function requestOf(options: RunOptions): Parameters<typeof plan>[1] {
  if (options.replay !== undefined) return { only: ['commit-order'] };
  if (options.scenarios !== undefined) return { only: options.scenarios };
  const { grep, shard } = options;
  return { suites: options.suites ?? options.config.run.suites, grep, shard };
}
