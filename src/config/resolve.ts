/** Completes a configuration: defaults, generated credentials, secrets from the environment, absolute paths. */
import { join, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { Attestation } from '../history/event.ts';
import { generateClientId, generateClientSecret } from './credentials.ts';
import { configSchema, type ParsedConfig } from './schema.ts';
import { sentences } from './sentences.ts';

/** A complete, valid configuration. All paths except those inside `driver` are absolute. */
export interface LoadedConfig {
  /** The file it came from; absent for a configuration made in memory. */
  readonly file?: string;
  /** The file's path from the root of its repository, as reports name it. */
  readonly shownFile?: string;
  /** The file's folder, the base of relative paths, including those of the driver. */
  readonly dir: string;
  /** Id of the requirement set to grade by. */
  readonly rules: string;
  readonly app: Omit<ParsedConfig['app'], 'clientId' | 'clientSecret'> & {
    readonly clientId: string;
    /** The client secret: confidential clients always have one, public clients never. */
    readonly clientSecret?: string;
  };
  /** Keys of `app` that the file does not have and that were filled in. */
  readonly filledIn: readonly ('clientId' | 'clientSecret' | 'redirectUris')[];
  readonly driver: ParsedConfig['driver'];
  readonly mock: ParsedConfig['mock'];
  readonly dashboard: Omit<ParsedConfig['dashboard'], 'token'> & { readonly token?: string };
  readonly run: ParsedConfig['run'];
  readonly report: { readonly dir: string; readonly formats: readonly string[] };
  readonly attestations: Readonly<Record<string, Attestation>>;
  /** Names of environment variables with secrets of the harness itself, which the client does not inherit. */
  readonly withheld: readonly string[];
  /** `named`: the configuration names the file, so it must exist. */
  readonly baseline: { readonly path: string; readonly named: boolean };
}

/** The file a configuration was read from, and the user's working directory. */
export interface ConfigPlace {
  readonly file?: string;
  readonly dir: string;
  /** The user's working directory; `reports/runs` is inside it unless the configuration names another folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Validates `input` and fills in what it leaves out.
 * @throws HarnessError `config-unknown-key` or `config-invalid`, with one sentence for every fault. */
export function resolveConfig(input: unknown, place: ConfigPlace): LoadedConfig {
  const parsed = configSchema.safeParse(input);
  if (!parsed.success) {
    const unknown = parsed.error.issues.some(({ code }) => code === 'unrecognized_keys' || code === 'invalid_key');
    throw faulty(place, unknown ? 'config-unknown-key' : 'config-invalid', sentences(parsed.error.issues, input));
  }
  const { app, report, baseline, dashboard: board, ...rest } = parsed.data;
  const { token, ...dashboard } = board;
  const { clientId, clientSecret, publicKey, metadata, ...about } = app;
  const { fixtures, ...mock } = rest.mock;
  const secret = secretOf(app, place);
  return {
    ...(place.file === undefined ? {} : { file: place.file }),
    dir: place.dir,
    rules: rest.rules,
    app: {
      ...about,
      clientId: clientId ?? generateClientId(),
      ...(secret === undefined ? {} : { clientSecret: secret }),
      ...(publicKey === undefined ? {} : { publicKey: resolve(place.dir, publicKey) }),
      metadata: metadata.map((path) => resolve(place.dir, path)),
    },
    filledIn: (['clientId', 'clientSecret', 'redirectUris'] as const).filter((key) => !isNamed(input, key)),
    driver: rest.driver,
    mock: { ...mock, ...(fixtures === undefined ? {} : { fixtures: resolve(place.dir, fixtures) }) },
    dashboard: { ...dashboard, ...(token !== undefined && { token: tokenOf(token, place) }) },
    run: rest.run,
    report: {
      dir: report.dir === undefined ? resolve(place.cwd, 'reports/runs') : resolve(place.dir, report.dir),
      formats: report.formats,
    },
    attestations: rest.attestations as LoadedConfig['attestations'],
    withheld: withheldOf(parsed.data),
    baseline:
      baseline === undefined
        ? { path: join(place.dir, 'conformance.baseline.json'), named: false }
        : { path: resolve(place.dir, baseline), named: true },
  };
}

/** Returns whether a raw configuration has a key of `app`. */
const isNamed = (input: unknown, key: string): boolean => {
  const app: unknown = typeof input === 'object' && input !== null && 'app' in input ? input.app : undefined;
  return typeof app === 'object' && app !== null && Object.hasOwn(app, key);
};

/** Returns the variables that the client does not inherit. It gets the variable of its own secret, whatever else that is used for. */
function withheldOf({ app: { clientSecret }, dashboard: { token } }: ParsedConfig): readonly string[] {
  const own = typeof clientSecret === 'object' ? clientSecret.env : undefined;
  return token === undefined || token.env === own ? [] : [token.env];
}

function secretOf({ client, clientSecret }: ParsedConfig['app'], place: ConfigPlace): string | undefined {
  if (client === 'public') {
    if (clientSecret === undefined) return undefined;
    throw faulty(place, 'config-invalid', [
      '"app.clientSecret" is for confidential clients only; remove it, or set "app.client" to "confidential".',
    ]);
  }
  if (clientSecret === undefined) return generateClientSecret();
  if (typeof clientSecret === 'string') return clientSecret;
  const value = place.env[clientSecret.env];
  if (value !== undefined && value !== '') return value;
  throw faulty(place, 'config-invalid', [
    `"app.clientSecret" is to be read from the environment variable ${clientSecret.env}, which is not set.`,
  ]);
}

function tokenOf({ env }: { readonly env: string }, place: ConfigPlace): string {
  const value = place.env[env] ?? '';
  if (/^\S{16,200}$/.test(value)) return value;
  throw faulty(place, 'config-invalid', [
    `"dashboard.token" is to be read from the environment variable ${env}, which has to hold 16 to 200 characters without spaces.`,
  ]);
}

/** Most problems that one message lists; a file of the wrong kind has thousands. */
const MOST_FAULTS = 20;
const LONGEST = 400;

function faulty(place: ConfigPlace, code: string, faults: readonly string[]): HarnessError {
  const name = place.file ?? 'The configuration';
  const listed = faults
    .slice(0, MOST_FAULTS)
    .map((fault) => (fault.length > LONGEST ? `${fault.slice(0, LONGEST)}…` : fault));
  const more = faults.length > MOST_FAULTS ? [`and ${faults.length - MOST_FAULTS} more.`] : [];
  const message =
    listed.length === 1
      ? `${name}: ${listed.join('')}`
      : [`${name} has ${faults.length} faults:`, ...listed, ...more].join('\n  - ');
  return new HarnessError(code, message, 'Fix the configuration; docs/contract.md, section 2, lists every key.');
}
