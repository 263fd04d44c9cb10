/** Sends one request of the harness's browser, limited in time and size; redirects are reported, not followed. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import got, { type Agents, type OptionsInit } from 'got';
import type { Jar } from './jar.ts';

/** A request of the harness's browser. */
export interface Ask {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An HTTP answer, redirects included. */
export interface Page {
  readonly kind: 'page';
  readonly status: number;
  readonly location: string | undefined;
  readonly contentType: string | undefined;
  /** Beginning of the body, at most 1 MiB. */
  readonly body: string;
}

/** The reason why a request got no answer. */
export interface NoPage {
  /** `refused`: nothing listens at the address. `unreachable`: no connection for another reason. `closed`: connected, but not answered. */
  readonly kind: 'refused' | 'unreachable' | 'closed' | 'aborted';
  readonly detail: string;
}

/** The result of `fetchOnce`. */
export type Fetched = Page | NoPage;

/** Connection settings of one request, set by the browser that sends it. */
export interface FetchOptions {
  readonly jar: Jar;
  readonly agent: Agents;
  /** Trusted PEM certificates; undefined: those of Node.js. */
  readonly certificates?: readonly string[];
  /** False accepts any certificate, for the client's own listener on this machine, which often has a self-signed one. */
  readonly verify: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called when the connection is open, just before the server can see the request. */
  readonly onConnected?: () => void;
}

const bodyBytes = 1_048_576;

/** Sends one request. Never rejects. */
export function fetchOnce(ask: Ask, options: FetchOptions): Promise<Fetched> {
  return new Promise((resolve) => {
    let connected = false;
    let head: Omit<Page, 'kind' | 'body'> | undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    let stream: ReturnType<typeof got.stream>;
    try {
      stream = got.stream(gotOptions(ask, options));
    } catch (error) {
      // Some URLs are valid for WHATWG's parser and invalid for Node's client.
      resolve(failure(error, false, options.signal));
      return;
    }

    const finish = (error?: unknown): void => {
      if (head === undefined) resolve(failure(error, connected, options.signal));
      else resolve({ kind: 'page', ...head, body: Buffer.concat(chunks).toString('utf8') });
      stream.destroy();
    };

    stream.on('request', (request: ClientRequest) => {
      request.once('socket', (socket) => {
        const opened = (): void => {
          connected = true;
          options.onConnected?.();
        };
        if (socket.connecting) socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', opened);
        else opened();
      });
    });
    stream.on('response', ({ statusCode, headers }: IncomingMessage & { readonly statusCode: number }) => {
      head = { status: statusCode, location: headers.location, contentType: headers['content-type'] };
    });
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, bodyBytes - size));
      size += chunk.length;
      if (size >= bodyBytes) finish();
    });
    stream.on('end', () => finish());
    stream.on('error', finish);
  });
}

function gotOptions(ask: Ask, options: FetchOptions): OptionsInit & { isStream: true } {
  const bodiless = ask.method === 'GET' || ask.method === 'HEAD';
  return {
    url: ask.url,
    isStream: true,
    method: ask.method as NonNullable<OptionsInit['method']>,
    headers: ask.headers,
    ...(bodiless ? {} : { body: ask.body ?? '' }),
    cookieJar: options.jar,
    ignoreInvalidCookies: true,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: { request: Math.max(1, options.timeoutMs) },
    agent: options.agent,
    https: {
      rejectUnauthorized: options.verify,
      ...(options.certificates === undefined ? {} : { certificateAuthority: [...options.certificates] }),
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

function failure(error: unknown, connected: boolean, signal: AbortSignal | undefined): Fetched {
  const detail = error instanceof Error ? error.message || error.name : 'no answer';
  if (signal?.aborted === true) return { kind: 'aborted', detail: 'the visit was given up' };
  if (connected) return { kind: 'closed', detail };
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return { kind: code === 'ECONNREFUSED' ? 'refused' : 'unreachable', detail };
}
