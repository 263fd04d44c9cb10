/** What an answer of the token endpoint means. */
import type { HttpAnswer } from './http.ts';
import type { Granted } from './tokens.ts';

export type Outcome =
  | { readonly kind: 'granted'; readonly granted: Granted }
  /** Another request with this refresh token is under way: a lock, no rejection, though it carries `invalid_grant`. */
  | { readonly kind: 'busy'; readonly error: string }
  /** The grant is dead: expired, revoked or rotated out (RFC 6749 §5.2). */
  | { readonly kind: 'rejected'; readonly error: string }
  /** Another refusal, or an answer that cannot be read: sending it again would not help. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Server or network trouble that may pass. */
  | { readonly kind: 'unavailable'; readonly error: string; readonly retryAfterMs?: number };

const BUSY = /already being processed/i;
/** Reasons of `invalid_grant` that pass: the token works again from another address, at another hour, or later. */
const PASSING = /ip restricted|login hours|login rate/i;

/** Reads an answer and trusts nothing in it. */
export function interpret(answer: HttpAnswer): Outcome {
  if (answer.status >= 500 || answer.status === 429) {
    const retryAfterMs = retryAfter(answer.headers.get('retry-after'));
    return {
      kind: 'unavailable',
      error: `the token endpoint answered ${String(answer.status)}`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  const fields = readObject(answer.text);
  const error = field(fields, 'error');
  if (answer.status === 200 && error === undefined) return granted(fields);
  const description = field(fields, 'error_description') ?? '';
  const text = printable(error ? `${error}: ${description}` : `the token endpoint answered ${String(answer.status)}`);
  if (error !== 'invalid_grant' || PASSING.test(description)) return { kind: 'refused', error: text };
  return { kind: BUSY.test(description) ? 'busy' : 'rejected', error: text };
}

/** No answer came. Only a request that was given up on is not sent again: it may still be under way. */
export function noAnswer(cause: unknown): Outcome {
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
  return timedOut
    ? { kind: 'refused', error: 'the token endpoint did not answer in time' }
    : { kind: 'unavailable', error: 'the token endpoint cannot be reached' };
}

/** Printable text of bounded length. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ').slice(0, 200);
}

function granted(fields: Readonly<Record<string, unknown>>): Outcome {
  const accessToken = field(fields, 'access_token');
  if (!accessToken) return { kind: 'refused', error: 'the token answer has no access token' };
  const instance = field(fields, 'instance_url');
  return {
    kind: 'granted',
    granted: {
      accessToken,
      refreshToken: nonEmpty(field(fields, 'refresh_token')),
      instanceUrl: instance && /^https?:\/\//.test(instance) ? instance.replace(/\/+$/, '') : undefined,
    },
  };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function field(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3), in milliseconds from now. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
