/** Reads the options of `startMock`: keys, defaults and errors are those of a configuration. */
import { resolveConfig, type LoadedConfig } from '../config/resolve.ts';
import type { ConfigInput } from '../config/schema.ts';
import type { RunBegin } from '../history/event.ts';
import { environment } from '../run/client-variables.ts';
import { describeApp } from '../run/app-description.ts';
import { mockOptions } from '../run/mock-options.ts';
import { runBegin } from '../run/run-begin.ts';

/** Options of `startMock`; every one has a default. */
export interface MockOptions {
  /** The partner's app; missing ids are generated. Default: a public client. */
  readonly app?: Pick<
    NonNullable<ConfigInput['app']>,
    'client' | 'clientId' | 'clientSecret' | 'redirectUris' | 'scopes'
  >;
  /** `strict` (default) enforces the partner rule on the wire; `salesforce` accepts what Salesforce is known to accept. */
  readonly policy?: 'strict' | 'salesforce';
  /** Name of the rotation preset. Default `salesforce`. */
  readonly rotation?: string;
  /** Settings of uncertain behavior of Salesforce (docs/mock/switches.md). */
  readonly switches?: Readonly<Record<string, string | boolean | number>>;
  /** HTTPS on every origin. Default false. */
  readonly tls?: boolean;
  /** Value of `SF_STATE_DIR` in `env()`. Default: not set. */
  readonly stateDir?: string;
}

/** The complete options of a mock. */
export interface ReadOptions {
  readonly config: LoadedConfig;
  readonly mock: Awaited<ReturnType<typeof mockOptions>>;
  readonly env: (loginUrl: string, caFile: string | undefined) => Record<string, string>;
}

/** Reads the options of a mock.
 * @throws HarnessError `config-unknown-key`, `config-invalid`, which name the option. */
export async function readOptions({
  app,
  policy,
  rotation,
  switches,
  tls,
  stateDir,
  ...unknown
}: MockOptions): Promise<ReadOptions> {
  const given = { policy, rotation, switches, tls, ...unknown };
  const mock = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const here = process.cwd();
  const config = resolveConfig(
    { ...(app && { app }), mock },
    { file: 'startMock', dir: here, cwd: here, env: process.env },
  );
  return {
    config,
    mock: await mockOptions(config),
    env: (loginUrl, caFile) => ({
      ...environment({ ...config.app, loginUrl, caFile }),
      ...(stateDir !== undefined && { SF_STATE_DIR: stateDir }),
    }),
  };
}

/** Returns the first line of a history for a client that a test drives. */
export async function libraryBegin(config: LoadedConfig): Promise<RunBegin> {
  // All checks and scenarios: loaded with the first grading.
  const { knownScenarios } = await import('../run/catalogue.ts');
  const { seed, timeoutMs } = config.run;
  return runBegin({
    ...{ config, app: describeApp(config), seed, timeoutMs, failOn: 'must', selection: {} },
    ...{ id: 'library', startedAt: new Date(), driver: { type: 'manual', abilities: ABILITIES } },
    knownScenarios: await knownScenarios(),
  });
}

/** All abilities, because a test can do anything; what it does not do is `inconclusive`. */
const ABILITIES = {
  ...{ restart: true, processes: true, tabs: false, users: true },
  ...{ refresh: true, status: true, disconnect: true, parallelCalls: true },
};
