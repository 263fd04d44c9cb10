/** Builds the first line of a history: what is tested, with which settings. Pure. */
import type { LoadedConfig } from '../config/load.ts';
import { driverLanguage } from '../config/driver-language.ts';
import type { Driver } from '../drivers/driver.ts';
import type { AppDescription, RunBegin, Selection } from '../history/event.ts';
import { name, version } from '../version.ts';
import { needsEncoding } from './client-variables.ts';

/** Input of `runBegin`. */
export interface RunBeginParts {
  readonly config: LoadedConfig;
  readonly app: AppDescription;
  readonly driver: Pick<Driver, 'type' | 'abilities'>;
  readonly selection: Selection;
  readonly failOn: RunBegin['failOn'];
  readonly seed: number;
  /** Time limit of each action in milliseconds. */
  readonly timeoutMs: number;
  readonly id: string;
  readonly startedAt: Date;
  /** Ids of all scenarios of this version. */
  readonly knownScenarios: readonly string[];
  /** Requests are forwarded to a real org. */
  readonly upstream?: boolean | undefined;
  /** Whether the app's metadata was read by the caller and is graded too. */
  readonly metadata?: boolean | undefined;
  readonly recordedBy?: string | undefined;
}

/** Returns the `run-begin` event of a run, a live session or a set-up check. */
export function runBegin(parts: RunBeginParts): RunBegin {
  const { config, app, driver, selection, failOn, seed, timeoutMs, id, startedAt, knownScenarios } = parts;
  const { quietMs, holdMs, herd } = config.run;
  const upstream = parts.upstream === true;
  const language = driverLanguage(config.driver);
  // A real org refuses and rotates as its app's settings say.
  const { policy, rotation } = upstream ? ({ policy: 'salesforce', rotation: 'upstream' } as const) : config.mock;
  return {
    kind: 'run-begin',
    schemaVersion: 1,
    tool: { name, version },
    app,
    selection,
    failOn,
    attestations: config.attestations,
    knownScenarios,
    metadata: parts.metadata ?? config.app.metadata.length > 0,
    secretNeedsEncoding: app.client === 'confidential' && needsEncoding(config.app.clientSecret),
    run: {
      ...{ id, startedAt: startedAt.toISOString(), driver: driver.type },
      ...{ seed, quietMs, holdMs, timeoutMs, herd, policy, rotation, rules: config.rules },
      ...(upstream ? { upstream } : {}),
      ...(config.shownFile === undefined ? {} : { configuration: config.shownFile }),
      ...(language === undefined ? {} : { language }),
      ...(parts.recordedBy === undefined ? {} : { recordedBy: parts.recordedBy }),
    },
    abilities: { ...driver.abilities },
  };
}
