/** Defines answers as values: handlers return them, faults change them, and only `http/wire.ts` writes them. */
import type { Readable } from 'node:stream';
import type { GatePoint } from './mock.ts';
import type { Issued } from './recorder/issued.ts';

/** Headers of an answer; a list is sent as repeated headers. */
export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

/** An answer, as handlers return it. */
export interface Reply {
  readonly status: number;
  /** Headers in the spelling that the client sees. */
  readonly headers: ReplyHeaders;
  /** Texts and bytes are sent unchanged, everything else as JSON. Absent: no body. */
  readonly body?: unknown;
  /** A streamed body, instead of `body`. */
  readonly stream?: Readable | undefined;
  /** Names of the headers that a real org sent, in lower case. */
  readonly headerNames?: readonly string[] | undefined;
  /** Tokens and codes in the answer. */
  readonly issued?: Issued | undefined;
  /** Details of a refusal that the JSON body does not show. */
  readonly refusal?: Refusal | undefined;
  /** Gates that it passes, in this order, before it is sent. */
  readonly gates?: readonly GatePoint[] | undefined;
  /** Id of the fault that changed it. */
  readonly fault?: string | undefined;
  /** Compression of the body; not used for a body that a fault disturbs. */
  readonly encoding?: 'gzip' | undefined;
  /** How it is sent. Default: completely and immediately. */
  readonly delivery?: Delivery | undefined;
}

/** Details of a refusal for the history. */
export interface Refusal {
  readonly error: string;
  readonly errorDescription?: string | undefined;
  /** The policy's rule that refused; absent for refusals of any server. */
  readonly rule?: string | undefined;
}

/** How a fault disturbs the sending of an answer. */
export type Delivery =
  /** The connection is reset before any byte of the answer. */
  | { readonly kind: 'reset' }
  /** Sends the status line, headers that announce the whole body, and this many bytes of it; then closes the connection. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Sends it completely after a delay. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Sends headers immediately, then the body in pieces over a time. */
  | { readonly kind: 'trickle'; readonly ms: number };

/** Salesforce's content type of JSON. */
export const JSON_TYPE = 'application/json;charset=UTF-8';

/** Returns an answer in JSON, with Salesforce's content type unless `headers` name another. */
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

/** Returns the same answer with more headers; its own take precedence, except for `Vary`, which is a list. */
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

/** Returns the body as sent. */
export function contentOf({ body }: Reply): string | Buffer {
  if (body === undefined) return '';
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
