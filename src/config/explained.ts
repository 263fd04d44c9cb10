/** Explains a configuration: the values in use and the origin of each, for `--print-config`. Pure. */
import { dotted } from './known-keys.ts';
import type { LoadedConfig } from './resolve.ts';

/** Origin of a value. `flag --seed` and `environment NAME` name their source; `generated` values were created for this run. */
export type Origin = 'file' | 'default' | 'generated' | `flag ${string}` | `environment ${string}`;

/** A configuration with the origin of its values, as `--print-config` prints it. */
export interface ExplainedConfig {
  readonly file?: string;
  /** Base of relative paths inside `driver`. */
  readonly dir: string;
  /** The complete configuration with its secrets hidden. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Origins by path, such as `run.seed`; a list is one value. */
  readonly from: Readonly<Record<string, Origin>>;
}

/** A value that the command line has set: the flag as typed, the path of the key, and the value. */
export interface Override {
  readonly flag: string;
  readonly path: readonly [section: string, key?: string];
  readonly value: unknown;
}

const HIDDEN = '(hidden)';
/** Keys that may be read from the environment. */
const SECRETS: ReadonlySet<string> = new Set(['app.clientSecret', 'dashboard.token']);

/** Explains where each value of a configuration comes from. Hides the secret and the values of `env` and of headers.
 * @param input content of the file */
export function explainConfig(
  loaded: LoadedConfig,
  input: unknown,
  overrides: readonly Override[] = [],
): ExplainedConfig {
  const { file, dir, baseline, withheld: _withheld, ...sections } = loaded;
  const whole: Record<string, unknown> = { ...sections, baseline: baseline.path };
  for (const { path, value } of overrides) {
    const [section, key] = path;
    whole[section] = key === undefined ? value : { ...(whole[section] as object), [key]: value };
  }
  const from: Record<string, Origin> = {};
  for (const path of leaves(whole)) from[dotted(path)] = originOf(path, input, overrides);
  const config = hidden(whole, [], loaded.app.clientSecret) as Readonly<Record<string, unknown>>;
  return { ...(file === undefined ? {} : { file }), dir, config, from };
}

function originOf(path: readonly string[], input: unknown, overrides: readonly Override[]): Origin {
  const typed = overrides.find((one) => one.path.join('.') === path.join('.'));
  if (typed !== undefined) return `flag ${typed.flag}`;
  const written = at(input, path);
  const name = path.join('.');
  if (SECRETS.has(name) && isObject(written)) return `environment ${String(written['env'])}`;
  if (written !== undefined) return 'file';
  return name === 'app.clientId' || name === 'app.clientSecret' ? 'generated' : 'default';
}

function leaves(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!isObject(value)) return value === undefined ? [] : [path];
  const inner = Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]));
  return inner.length === 0 && path.length > 0 ? [path] : inner;
}

function hidden(value: unknown, path: readonly string[], secret: string | undefined): unknown {
  if (typeof value === 'function') return '(function)';
  if (typeof value === 'string') {
    const holder = path.at(-2);
    if (SECRETS.has(path.join('.')) || path.at(-1) === 'clientSecret' || holder === 'env' || holder === 'headers')
      return HIDDEN;
    return secret === undefined ? value : value.replaceAll(secret, HIDDEN);
  }
  if (Array.isArray(value)) return value.map((one) => hidden(one, path, secret));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hidden(one, [...path, key], secret)]));
}

function at(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), input);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
