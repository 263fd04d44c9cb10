/** The first line of a live session's history. Pure. */
import type { LoadedConfig } from '../config/load.ts';
import type { DriverAbilities } from '../drivers/driver.ts';
import type { AppDescription, RunBegin, Selection } from '../history/event.ts';
import { needsEncoding } from '../run/environment.ts';
import { name, version } from '../version.ts';

export interface RunBeginParts {
  readonly config: LoadedConfig;
  readonly app: AppDescription;
  readonly selection: Selection;
  readonly abilities: DriverAbilities;
  readonly id: string;
  readonly startedAt: Date;
}

export function runBegin({ config, app, selection, abilities, id, startedAt }: RunBeginParts): RunBegin {
  const { seed, quietMs, holdMs, timeoutMs, herd } = config.run;
  const { policy, rotation } = config.mock;
  return {
    kind: 'run-begin',
    schemaVersion: 1,
    tool: { name, version },
    app,
    run: {
      ...{ id, startedAt: startedAt.toISOString(), driver: 'manual' },
      ...{ seed, quietMs, holdMs, timeoutMs, herd, policy, rotation },
    },
    selection,
    failOn: 'must',
    attestations: config.attestations,
    metadata: config.app.metadata.length > 0,
    secretNeedsEncoding: app.client === 'confidential' && needsEncoding(config.app.clientSecret),
    abilities: { ...abilities },
  };
}
