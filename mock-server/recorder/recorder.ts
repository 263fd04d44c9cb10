/**
 * The recorder: the outermost layer of the mock. It writes down every request before anything inside has an opinion on it, and every
 * answer once it has truly ended.
 *
 * For the layers inside: `ctx.state.exchange` is the {@link Exchange}; write `issued`, `error`, `deniedBy`, `fault` and `delivered` there. The
 * body was read already: it is `exchange.rawBody` and `exchange.form`.
 *
 * A code belongs to the authorization request that began its login, even when it is issued on a later request of the same sign-in. Redirects inside
 * the mock are followed (see login-tracker.ts). A handler that knows better sets `exchange.issued.login` to the event number of the
 * authorization request.
 */
import type { Socket } from 'node:net';
import type { Context, Middleware } from 'koa';
import type { Event, EventBody } from '../../src/history/event.ts';
import type { MockApp } from '../mock.ts';
import { createActivity } from './activity.ts';
import { locationOf, watchResponse, type ResponseWatcher } from './response-watcher.ts';
import { readBody, type Body } from './body.ts';
import type { Exchange, TokenLookup } from './exchange.ts';
import { BROWSER_HEADER, showHeaders } from './headers.ts';
import { measure } from './measure.ts';
import { rememberAuthorization } from './measure-authorization.ts';
import { rememberToken } from './measure-token.ts';
import { createLoginTracker } from './login-tracker.ts';
import { showParameters, showPath, redactText } from './parameters.ts';
import { browserUser, parseRequest } from './parse-request.ts';
import type { ParsedRequest } from './parsed-request.ts';
import { labelIssued, responseEvent } from './response-event.ts';
import { digestOf, type RequestCorrelation } from './correlation.ts';
import { afterPendingIo } from '../http/after-pending-io.ts';
import type { SecretRedactor } from './redactor.ts';

export interface RecorderOptions {
  readonly record: (body: EventBody) => Event;
  /** Milliseconds since the run began, monotonic. */
  readonly now: () => number;
  readonly redactor: SecretRedactor;
  readonly correlation: RequestCorrelation;
  readonly app: MockApp;
  /** See `Mock.browserKey`. */
  readonly browserKey: string;
  readonly tokens: TokenLookup;
  readonly hostOf: (localPort: number) => 'login' | 'instance' | 'other';
  /** How many exchanges stand at gates now. */
  readonly held?: () => number;
}

export interface Recorder {
  /** The outermost koa middleware. */
  readonly middleware: Middleware;
  /** Exchanges that have begun and not ended. */
  readonly open: number;
  /** Resolves once the client was silent for `quietMs` and none of its exchanges is open but held ones. */
  quiet(quietMs: number): Promise<void>;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { record, now, redactor, correlation, app, tokens } = options;
  const origins = createLoginTracker();
  const activity = createActivity(options.held);
  const connections = new Map<Socket, string>();
  const redaction = { redactor, app };
  if (app.clientSecret !== undefined) redactor.label('SECRET', app.clientSecret);
  redactor.label('VALUE', options.browserKey);

  function connectionOf(socket: Socket): string {
    const known = connections.get(socket);
    if (known !== undefined) return known;
    const name = `C${String(correlation.nextConnection())}`;
    connections.set(socket, name);
    socket.once('close', () => connections.delete(socket));
    return name;
  }

  /** Labels and remembers what is handed out, before the first byte of it can reach the client. */
  function remember(exchange: Exchange, location: string | undefined): void {
    labelIssued(exchange.issued, redactor);
    const { login } = exchange;
    const { code, login: began } = exchange.issued ?? {};
    if (code !== undefined && !correlation.codes.get(digestOf(code)))
      correlation.codes.set(digestOf(code), {
        login: (began === undefined ? login : correlation.logins.get(began)) ?? null,
        uses: 0,
      });
    if (login && location !== undefined) origins.follow(location, login);
  }

  function requestEvent(
    received: ParsedRequest,
    exchange: Omit<Exchange, 'seq' | 'ended'>,
    begunAt: number,
    bytes: number,
  ): Event {
    return record({
      kind: 'request',
      exchange: exchange.number,
      connection: exchange.connection,
      begunAt,
      host: exchange.host,
      endpoint: received.endpoint,
      method: redactText(received.method, redactor, 16),
      path: showPath(received.path, redactor),
      query: showParameters(received.query, redaction),
      headers: showHeaders(received.headers, redaction),
      body: showParameters(received.form, redaction),
      bodyBytes: bytes,
      browser: exchange.browser,
      facts: exchange.facts,
    });
  }

  /** Writes the response line once the answer has ended. A history that is closed already takes no more lines: no harm. */
  async function respond(exchange: () => Exchange, answer: ResponseWatcher, done: () => void): Promise<void> {
    await answer.closed;
    try {
      record(responseEvent(exchange(), answer, redactor));
    } catch {
      // The answer is gone, nobody is left to tell; a disk that is full speaks up at the next request.
    } finally {
      done();
    }
  }

  /** Reads, measures and writes down one request. Undefined when its client left before it was whole. */
  async function open(
    ctx: Context,
    answer: ResponseWatcher,
    done: () => void,
  ): Promise<readonly [Exchange, Body] | undefined> {
    const begunAt = now();
    const user = browserUser(ctx.req.headers[BROWSER_HEADER], options.browserKey);
    const connection = connectionOf(ctx.req.socket);
    const host = options.hostOf(ctx.req.socket.localPort ?? 0);
    const body = await readBody(ctx.req);
    if (body.kind === 'gone') {
      record({ kind: 'note', text: `A client left ${connection} before its request was whole.` });
      return undefined;
    }
    const rawBody = body.kind === 'whole' ? body.bytes : Buffer.alloc(0);
    const received = parseRequest(ctx.req, rawBody, host, (path) => origins.of(path) !== undefined);
    const { endpoint, query, form } = received;
    const browser = user !== undefined;
    const seen = { connection, host, endpoint, browser, user: user ?? null, query, form, rawBody };
    const facts = await measure(received, { app, redactor, memory: correlation, book: tokens, nowMs: Date.now() });
    const counted = { ...seen, number: correlation.nextExchange(), facts };
    const { seq } = requestEvent(received, counted, begunAt, body.kind === 'whole' ? rawBody.length : body.received);
    const login =
      facts.kind === 'authorize' ? rememberAuthorization(received, seq, correlation) : origins.of(received.path);
    if (facts.kind === 'token') rememberToken(received, seq, correlation);
    const exchange: Exchange = { ...counted, seq, login, ended: respond(() => exchange, answer, done) };
    return [exchange, body];
  }

  const middleware: Middleware = async (ctx, next) => {
    const state = ctx.state as { exchange?: Exchange };
    const answer = watchResponse(ctx.res, () => {
      if (state.exchange) remember(state.exchange, locationOf(ctx.res));
    });
    const done = activity.begin(browserUser(ctx.req.headers[BROWSER_HEADER], options.browserKey) !== undefined);
    let opened: Awaited<ReturnType<typeof open>>;
    try {
      opened = await open(ctx, answer, done);
    } catch (error) {
      done();
      throw error;
    }
    if (!opened) {
      done();
      return;
    }
    const [exchange, body] = opened;
    state.exchange = exchange;
    Reflect.deleteProperty(ctx.req.headers, BROWSER_HEADER);
    if (body.kind !== 'whole') {
      ctx.status = body.kind === 'refused' ? body.status : 400;
      ctx.set('Connection', 'close');
      ctx.body = { error: 'invalid_request', error_description: body.kind === 'refused' ? body.reason : '' };
      return;
    }
    await next();
    await afterPendingIo();
  };

  return {
    middleware,
    get open() {
      return activity.open;
    },
    quiet: (quietMs) => activity.quiet(quietMs),
  };
}
