/** Opens a run: the set-up that `run`, `serve` and `doctor` share. */
import type { KeyObject } from 'node:crypto';
import {
  type RequestCorrelation,
  type SecretRedactor,
  createCorrelation,
  createRedactor,
} from '../../mock-server/recording.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Driver } from '../drivers/driver.ts';
import { endLeftovers, type Leftovers } from '../drivers/process/end-leftovers.ts';
import { assertTemporary } from '../drivers/process/folder.ts';
import type { AppDescription, Event, RunBegin, Selection } from '../history/event.ts';
import type { Log } from '../history/log.ts';
import { knownScenarios } from './catalogue.ts';
import type { SettingsFacts } from '../history/settings.ts';
import { describeApp } from './app-description.ts';
import { readAppSettings, recordAppSettings } from './app-settings.ts';
import { signBegin } from './begin-signature.ts';
import { beginHistory, createRunFolder, type RunFolder } from './folder.ts';
import { createObserver, type Observer } from './observer.ts';
import { runBegin } from './run-begin.ts';
import { markRunning } from './unfinished.ts';

/** Options of `openRun`. */
export interface OpenRunOptions {
  readonly config: LoadedConfig;
  readonly driver: Driver;
  readonly selection: Selection;
  /** Folder in which the run gets a new folder. */
  readonly outDir: string;
  /** Default `must`. */
  readonly failOn?: RunBegin['failOn'] | undefined;
  /** Seed of the random choices; default: the configuration's. */
  readonly seed?: number | undefined;
  /** Whether requests are forwarded to a real org. Default: false. */
  readonly upstream?: boolean | undefined;
  /** Time limit of each action in milliseconds; default: the configuration's. */
  readonly timeoutMs?: number | undefined;
  /** Facts of the app's metadata that the caller has read already; default: reads the configured metadata. */
  readonly settings?: SettingsFacts | undefined;
  /** Name of the service that records, when it is not the partner's own harness. */
  readonly recordedBy?: string | undefined;
  /** Replaces the secrets of the run by labels; default: `createRedactor()`. */
  readonly redactor?: SecretRedactor | undefined;
  /** Signs the beginning of the history, so that a run that never ends can be signed later; default: not signed. */
  readonly key?: KeyObject | undefined;
  /** Shows one sentence to the user, such as that an earlier harness was killed and left a client running. */
  readonly say?: ((text: string) => void) | undefined;
  /** Called with every event from the first on, after the observer and the driver. */
  readonly onEvent?: ((event: Event) => void) | undefined;
}

/** A run whose history has begun. */
export interface OpenRun {
  readonly folder: RunFolder;
  readonly app: AppDescription;
  readonly driver: Driver;
  readonly log: Log;
  readonly observer: Observer;
  readonly redactor: SecretRedactor;
  readonly correlation: RequestCorrelation;
  readonly seed: number;
  readonly timeoutMs: number;
  /** Removes the mark of an unfinished run. Call it last, whatever the outcome. */
  finish(): void;
}

/** Creates the folder, begins the history and records the settings of the app.
 * @throws HarnessError `temp-not-writable`, `out-not-writable`, `settings-path`, `settings-none`. */
export async function openRun(options: OpenRunOptions): Promise<OpenRun> {
  const { config, driver, selection, outDir, key, onEvent, recordedBy } = options;
  const { failOn = 'must', seed = config.run.seed, timeoutMs = config.run.timeoutMs } = options;
  assertTemporary();
  for (const left of await endLeftovers()) options.say?.(sentenceOf(left));
  const startedAt = new Date();
  const day = startedAt.toISOString().slice(0, 10);
  const settings = options.settings ?? (await readAppSettings(config, selection, day));
  const folder = await createRunFolder(outDir, startedAt);
  const log = beginHistory(folder.path);
  const finish = markRunning(folder.path);
  const observer = createObserver();
  log.subscribe((event) => {
    observer.see(event);
    driver.see?.(event);
    onEvent?.(event);
  });
  const app = describeApp(config);
  const begin = runBegin({
    ...{ config, app, driver, selection, failOn, seed, timeoutMs, id: folder.id, startedAt, recordedBy },
    ...(options.settings === undefined ? {} : { metadata: true }),
    knownScenarios: await knownScenarios(),
    upstream: options.upstream,
  });
  log.append(key === undefined ? begin : signBegin(begin, key));
  if (settings !== undefined) recordAppSettings(settings, log);
  return {
    folder,
    app,
    driver,
    log,
    observer,
    redactor: options.redactor ?? createRedactor(),
    correlation: createCorrelation(),
    seed,
    timeoutMs,
    finish,
  };
}

function sentenceOf({ processes, folders }: Leftovers): string {
  const named = processes.map(({ pid, program }) => `${program} (process ${String(pid)})`).join(', ');
  const ran = processes.length === 0 ? '' : ` It left ${named} running, which was ended now.`;
  const held = folders.length === 0 ? '' : ' Folders with what the client had stored were removed.';
  return `An earlier run was killed.${ran}${held}`;
}
