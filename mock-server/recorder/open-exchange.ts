/** Opens exchanges: reads, measures and records one request. */
import type { Socket } from 'node:net';
import type { Context } from 'koa';
import type { EventBody } from '../../src/history/event.ts';
import type { Login, RequestCorrelation } from './correlation.ts';
import type { Exchange } from './exchange.ts';
import type { LoginTracker } from './login-tracker.ts';
import { rememberAuthorization } from './measure/authorization.ts';
import { measure } from './measure/measure.ts';
import { rememberToken } from './measure/token.ts';
import { readMultipart } from './multipart.ts';
import { browserUser, parseRequest, sourceAddress } from './parse-request.ts';
import { readRequest, type ReadRequest } from './read-request.ts';
import type { RecorderOptions } from './recorder-options.ts';
import { BROWSER_HEADER, showHeaders, SOURCE_HEADER } from './redaction/headers.ts';
import { redactText, showParameters, showPath, type RedactionContext } from './redaction/parameters.ts';
import type { SecretRedactor } from './redaction/redactor.ts';

/** A recorded request. */
export interface OpenedExchange {
  readonly exchange: Omit<Exchange, 'ended'>;
  /** The login that the request belongs to, when known. */
  readonly login: Login | undefined;
  readonly read: ReadRequest;
}

/** Returns a function that opens exchanges; it resolves with undefined when the client disconnected before its request was complete. */
export function exchangeOpener(
  options: RecorderOptions,
  tracker: LoginTracker,
): (ctx: Context) => Promise<OpenedExchange | undefined> {
  const { record, now, redactor, correlation, app, tokens, upstream, hide } = options;
  const shown: SecretRedactor =
    hide === undefined
      ? redactor
      : { label: (kind, raw) => redactor.label(kind, raw), redact: (raw) => redactor.redact(hide(raw)) };
  const realOrg = upstream !== undefined;
  const connectionOf = connectionNames(correlation);
  return async ({ req: incoming, request }) => {
    const begunAt = now();
    const user = browserUser(incoming.headers[BROWSER_HEADER], options.browserKey);
    const source = sourceAddress(incoming.headers[SOURCE_HEADER], options.browserKey) ?? options.sourceOf?.(incoming);
    const connection = connectionOf(incoming.socket);
    const host = options.hostOf(incoming);
    const streams = upstream?.streams(host, incoming.url?.split('?')[0] ?? '') === true;
    const read = await readRequest(incoming, streams);
    if (read === undefined) {
      record({ kind: 'note', text: `A client left ${connection} before its request was whole.` });
      return undefined;
    }
    for (const name of [BROWSER_HEADER, SOURCE_HEADER]) Reflect.deleteProperty(incoming.headers, name);
    const whole = parseRequest(incoming, read.rawBody, host, (path) => tracker.of(path) !== undefined);
    const fields = options.readsMultipart === true ? await readMultipart(whole) : undefined;
    const parsed = fields === undefined ? whole : { ...whole, form: fields };
    upstream?.arriving?.(parsed);
    const facts = await measure(parsed, {
      ...{ app, redactor, memory: correlation, book: tokens, nowMs: Date.now(), codesFromElsewhere: realOrg },
    });
    const numbered = {
      ...parsed,
      ...{
        number: correlation.nextExchange(),
        connection,
        host,
        browser: user !== undefined,
        user: user ?? null,
        source,
        facts,
        payload: read.payload,
      },
      header: (name: string) => request.get(name),
      accepts: (...types: string[]) => request.accepts(...types),
      incoming,
    };
    const { seq } = record(
      requestEvent(numbered, begunAt, read.bodyBytes, redactor, { redactor: shown, app, realOrg }),
    );
    const login =
      facts.kind === 'authorize' ? rememberAuthorization(parsed, seq, correlation) : tracker.of(parsed.path);
    if (facts.kind === 'token') rememberToken(parsed, facts, seq, correlation);
    return { exchange: { ...numbered, seq }, login, read };
  };
}

/** Returns a function that names connections: `C1`, `C2` … */
function connectionNames(correlation: RequestCorrelation): (socket: Socket) => string {
  const connections = new Map<Socket, string>();
  return (socket) => {
    const known = connections.get(socket);
    if (known !== undefined) return known;
    const name = `C${String(correlation.nextConnection())}`;
    connections.set(socket, name);
    socket.once('close', () => connections.delete(socket));
    return name;
  };
}

/** Returns the `request` event of a request. */
function requestEvent(
  exchange: Omit<Exchange, 'seq' | 'ended'>,
  begunAt: number,
  bodyBytes: number,
  redactor: SecretRedactor,
  redaction: RedactionContext,
): EventBody {
  return {
    kind: 'request',
    exchange: exchange.number,
    connection: exchange.connection,
    begunAt,
    host: exchange.host,
    endpoint: exchange.endpoint,
    method: redactText(exchange.method, redactor, 16),
    path: showPath(exchange.path, redaction),
    query: showParameters(exchange.query, redaction),
    headers: showHeaders(exchange.headers, redaction),
    body: showParameters(exchange.form, redaction),
    bodyBytes,
    browser: exchange.browser,
    ...(exchange.source !== undefined && { source: exchange.source }),
    facts: exchange.facts,
  };
}
