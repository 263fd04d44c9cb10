/** Reads and validates the lines that an adapter writes (docs/contract.md, section 4). */
import type { ActionAnswer } from '../driver.ts';

/** A request that the harness writes to an adapter's standard input, as one line of JSON. */
export type AdapterRequest =
  | {
      readonly id: number;
      readonly do: 'authorize' | 'call' | 'refresh' | 'status' | 'disconnect';
      /** For a call: the adapter may put it into its API requests. */
      readonly marker?: string | undefined;
    }
  | { readonly id: number; readonly do: 'redirect'; readonly url: string };

/** A line of an adapter after validation. */
export type AdapterLine =
  /** `whole`: every field had the type that the contract requires. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ActionAnswer; readonly whole: boolean }
  | { readonly kind: 'open'; readonly url: URL; readonly id?: number }
  | { readonly kind: 'junk' };

const junk: AdapterLine = { kind: 'junk' };
const longestUrl = 65_536;

/** Reads one line. A line that is neither an answer nor an event is `junk`, which is kept as evidence only. */
export function readAdapterLine(text: string): AdapterLine {
  const object = parseObject(text);
  if (object === undefined) return junk;
  return 'event' in object ? readEvent(object) : readAnswer(object);
}

/** Byte order mark, with which some runtimes begin their output. */
const MARK = /^\uFEFF/;

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  const text = line.replace(MARK, '');
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEvent({ event, url, id }: Readonly<Record<string, unknown>>): AdapterLine {
  if (event !== 'open' || typeof url !== 'string' || url.length > longestUrl) return junk;
  const parsed = URL.parse(url);
  if (parsed === null) return junk;
  return { kind: 'open', url: parsed, ...(typeof id === 'number' ? { id } : {}) };
}

function readAnswer(object: Readonly<Record<string, unknown>>): AdapterLine {
  const { id, ok, unsupported } = object;
  if (typeof id !== 'number') return junk;
  if (unsupported === true) return { kind: 'answer', id, answer: { result: 'unsupported' }, whole: true };
  if (typeof ok !== 'boolean') return junk;
  const { fields, whole } = readFields(object);
  return { kind: 'answer', id, answer: { result: ok ? 'ok' : 'failed', ...fields }, whole };
}

/** Reads the optional fields. A field of another type is ignored, and the answer is still valid: `ok` decides. */
function readFields({ status, error, reauthorize, connected }: Readonly<Record<string, unknown>>) {
  const fields = {
    ...(isStatus(status) ? { status } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof reauthorize === 'boolean' ? { reauthorize } : {}),
    ...(typeof connected === 'boolean' ? { connected } : {}),
  };
  const given = [status, error, reauthorize, connected].filter((value) => value !== undefined && value !== null).length;
  return { fields, whole: Object.keys(fields).length === given };
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599;
}
