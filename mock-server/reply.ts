/** An answer as a value: handlers return it, faults change it, and `http/wire.ts` alone writes it. */
import type { Readable } from 'node:stream';
import type { GatePoint } from './mock.ts';
import type { Issued } from './recorder/issued.ts';

export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface Reply {
  readonly status: number;
  /** By the names that the client sees. */
  readonly headers: ReplyHeaders;
  /** Texts and bytes as they are, everything else as JSON. Absent: no body. */
  readonly body?: unknown;
  /** A body that is passed on while it arrives, instead of `body`. */
  readonly stream?: Readable | undefined;
  /** Names of the headers that a real org sent with it, in lower case. */
  readonly headerNames?: readonly string[] | undefined;
  /** Tokens and codes that it hands out. */
  readonly issued?: Issued | undefined;
  /** What was refused, where the body does not say it in JSON or more is known. */
  readonly refusal?: Refusal | undefined;
  /** Gates that it passes, in this order, before it leaves. */
  readonly gates?: readonly GatePoint[] | undefined;
  /** Id of the fault that shaped it. */
  readonly fault?: string | undefined;
  /** How the body is compressed on its way. A body that a fault disturbs is not. */
  readonly encoding?: 'gzip' | undefined;
  /** Default: whole and at once. */
  readonly delivery?: Delivery | undefined;
}

export interface Refusal {
  readonly error: string;
  readonly errorDescription?: string | undefined;
  /** The policy's rule that refused; absent for what any server refuses. */
  readonly rule?: string | undefined;
}

/** How an answer leaves when a fault disturbs it. */
export type Delivery =
  /** The connection is reset; not a byte of the answer is sent. */
  | { readonly kind: 'reset' }
  /** Status line, headers that promise the whole body, and so many bytes of it; then the connection is closed. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Whole, after a while. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Headers at once, then the body in pieces over a while. */
  | { readonly kind: 'trickle'; readonly ms: number };

/** The JSON of the platform. */
export const JSON_TYPE = 'application/json;charset=UTF-8';

/** Returns an answer in JSON, with the content type of the platform unless `headers` name another. */
export const json = (status: number, body: object, headers: ReplyHeaders = {}): Reply => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body,
});

/** Returns an answer of any content type. */
export const content = (status: number, type: string, body: string, headers: ReplyHeaders = {}): Reply => ({
  status,
  headers: { 'Content-Type': type, ...headers },
  body,
});

/** Returns an answer without a body. */
export const empty = (status: number, headers: ReplyHeaders = {}): Reply => ({ status, headers });

/** Returns an answer in plain text. */
export const text = (status: number, body: string, headers: ReplyHeaders = {}): Reply =>
  content(status, 'text/plain; charset=utf-8', body, headers);

/** Returns a redirect without a body. */
export const redirect = (location: string, headers: ReplyHeaders = {}, status = 302): Reply =>
  text(status, '', { ...headers, Location: location });

/** Returns the same answer with more headers; its own win, but for `Vary`, which is a list. */
export function withHeaders(reply: Reply, headers: ReplyHeaders): Reply {
  const all = { ...headers, ...reply.headers };
  const [one, other] = [headers['Vary'], reply.headers['Vary']];
  const vary = typeof one === 'string' && typeof other === 'string' && one !== other ? `${one}, ${other}` : undefined;
  return { ...reply, headers: vary === undefined ? all : { ...all, Vary: vary } };
}

/** Returns a header of an answer, whatever its capitals; undefined when it is absent or a list. */
export function headerOf({ headers }: Reply, name: string): string | undefined {
  const key = Object.keys(headers).find((one) => one.toLowerCase() === name);
  const value = key === undefined ? undefined : headers[key];
  return typeof value === 'string' ? value : undefined;
}

/** Returns the body as it is sent. */
export function contentOf({ body }: Reply): string | Buffer {
  if (body === undefined) return '';
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
