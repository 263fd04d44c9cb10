/** The lines that an adapter writes (contract, section 4). Everything comes from outside: nothing is believed before it is looked at. */
import type { ActionAnswer } from '../driver.ts';

export type AdapterRequest =
  | {
      readonly id: number;
      readonly do: 'authorize' | 'call' | 'refresh' | 'status' | 'disconnect';
      /** Of a call: the adapter may put it into its API requests. */
      readonly marker?: string | undefined;
    }
  | { readonly id: number; readonly do: 'redirect'; readonly url: string };

export type AdapterLine =
  /** `whole`: every field of it had the type that the contract gives it. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ActionAnswer; readonly whole: boolean }
  | { readonly kind: 'open'; readonly url: URL; readonly id?: number }
  | { readonly kind: 'junk' };

const junk: AdapterLine = { kind: 'junk' };
const longestUrl = 65_536;

/** Reads one line. What is no answer and no event is `junk`; it is evidence and nothing else. */
export function readAdapterLine(text: string): AdapterLine {
  const object = parseObject(text);
  if (object === undefined) return junk;
  return 'event' in object ? readEvent(object) : readAnswer(object);
}

/** Some runtimes begin their output with a byte order mark. */
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

/** The optional fields. A field of another type is left out, and the answer is still valid: `ok` is what counts. */
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
