/**
 * The recorder: the outermost layer of the mock. It writes down every request before anything inside has an opinion on it, and every
 * answer once it has truly ended.
 *
 * A code belongs to the authorization request that began its login, even when it is issued on a later request of the same sign-in: redirects
 * inside the mock are followed (see login-tracker.ts).
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Context } from 'koa';
import type { Event, EventBody } from '../../src/history/event.ts';
import type { MockApp } from '../mock.ts';
import { headerOf, json, type Reply } from '../reply.ts';
import type { Wire } from '../http/wire.ts';
import { createActivity } from './activity.ts';
import type { Exchange, TokenLookup } from './exchange.ts';
import { BROWSER_HEADER, showHeaders, SOURCE_HEADER } from './redaction/headers.ts';
import { measure } from './measure/measure.ts';
import { rememberAuthorization } from './measure/authorization.ts';
import { rememberToken } from './measure/token.ts';
import { createLoginTracker } from './login-tracker.ts';
import { showParameters, showPath, redactText } from './redaction/parameters.ts';
import { readMultipart } from './multipart.ts';
import { browserUser, parseRequest, sourceAddress } from './parse-request.ts';
import { readRequest, type ReadRequest } from './read-request.ts';
import { labelIssued, responseEvent } from './response-event.ts';
import { digestOf, type Login, type RequestCorrelation } from './correlation.ts';
import type { ParsedRequest } from './parsed-request.ts';
import type { SecretRedactor } from './redaction/redactor.ts';

export interface RecorderOptions {
  readonly record: (body: EventBody) => Event;
  /** Milliseconds since the run began, monotonic. */
  readonly now: () => number;
  readonly redactor: SecretRedactor;
  readonly correlation: RequestCorrelation;
  /** See `MockOptions.hide`. */
  readonly hide?: ((text: string) => string) | undefined;
  readonly app: MockApp;
  /** See `Mock.browserKey`. */
  readonly browserKey: string;
  readonly tokens: TokenLookup;
  /** See `Embedding.sourceOf`. */
  readonly sourceOf?: ((request: IncomingMessage) => string | undefined) | undefined;
  readonly hostOf: (request: IncomingMessage) => 'login' | 'instance' | 'other';
  /** True: the fields of multipart bodies are parameters (switch `multipartTokens`). Default: false. */
  readonly readsMultipart?: boolean;
  /** Counts the exchanges that are held at gates now. */
  readonly held?: () => number;
  /** Set where requests are forwarded to a real org. */
  readonly upstream?: UpstreamRecording | undefined;
}

/** How the requests and answers of a real org are recorded: less of them is shown, and codes are issued where it is not seen. */
export interface UpstreamRecording {
  /** Returns whether only the beginning of a request's body is read before the request is recorded. */
  readonly streams: (host: Exchange['host'], path: string) => boolean;
  /** Called with each request before it is measured. */
  readonly arriving?: (request: ParsedRequest) => void;
}

/** A request that was recorded, and whose answer will be. */
export interface Received {
  readonly exchange: Exchange;
  /** The answer to a body that cannot be read: nothing else looks at the request. */
  readonly refusal: Reply | undefined;
  /** Takes the answer as it is decided so far: what history says should the client leave now. */
  readonly decided: (reply: Reply) => void;
  /** Takes the answer that is about to leave: labels and remembers what it hands out. */
  readonly leaving: (reply: Reply) => void;
}

export interface Recorder {
  /** Reads, measures and writes down one request. Resolves with undefined when its client left before it was whole. */
  receive(ctx: Context, wire: Wire): Promise<Received | undefined>;
  /** Exchanges that have begun and not ended. */
  readonly open: number;
  /** Resolves once the client was idle for `quietMs` and none of its exchanges is open but held ones. */
  quiet(quietMs: number): Promise<void>;
}

/** Returns the recorder of one mock. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { record, now, redactor, correlation, app, tokens, upstream, hide } = options;
  const shown: SecretRedactor =
    hide === undefined
      ? redactor
      : { label: (kind, raw) => redactor.label(kind, raw), redact: (raw) => redactor.redact(hide(raw)) };
  const realOrg = upstream !== undefined;
  const tracker = createLoginTracker();
  const activity = createActivity(options.held);
  const connections = new Map<Socket, string>();
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

  /** Writes the request line. */
  function recordRequest(exchange: Omit<Exchange, 'seq' | 'ended'>, begunAt: number, bodyBytes: number): Event {
    const redaction = { redactor: shown, app, realOrg };
    return record({
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
    });
  }

  /** Reads one request, measures it and writes it down. */
  async function open({ req: incoming, request }: Context) {
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
    const { seq } = recordRequest(numbered, begunAt, read.bodyBytes);
    const login =
      facts.kind === 'authorize' ? rememberAuthorization(parsed, seq, correlation) : tracker.of(parsed.path);
    if (facts.kind === 'token') rememberToken(parsed, facts, seq, correlation);
    return { exchange: { ...numbered, seq }, login, read };
  }

  /** Labels and remembers what an answer hands out. */
  function remember(reply: Reply, login: Login | undefined): void {
    labelIssued(reply.issued, redactor);
    const code = reply.issued?.code;
    if (code !== undefined && !correlation.codes.get(digestOf(code)))
      correlation.codes.set(digestOf(code), { login: login ?? null, uses: 0 });
    const location = headerOf(reply, 'location');
    if (login && location !== undefined) tracker.follow(location, login);
  }

  return {
    async receive(ctx, wire) {
      const done = activity.begin(browserUser(ctx.req.headers[BROWSER_HEADER], options.browserKey) !== undefined);
      const opened = await open(ctx).catch((error: unknown) => {
        done();
        throw error;
      });
      if (opened === undefined) {
        done();
        return undefined;
      }
      let reply: Reply | undefined;
      const ended = wire.closed.then(() => {
        try {
          record(responseEvent(exchange, reply, wire, { redactor, realOrg }));
        } catch {
          // A history that is closed takes no more lines; a disk that is full is reported at the next request.
        } finally {
          done();
        }
      });
      const exchange: Exchange = { ...opened.exchange, ended };
      return {
        exchange,
        refusal: bodyRefusal(opened.read),
        decided(given) {
          reply = given;
        },
        leaving(given) {
          reply = given;
          remember(given, opened.login);
        },
      };
    },
    get open() {
      return activity.open;
    },
    quiet: (quietMs) => activity.quiet(quietMs),
  };
}

/** Returns the answer to a body that cannot be read. */
function bodyRefusal({ refused }: ReadRequest): Reply | undefined {
  if (refused === undefined) return undefined;
  return json(
    refused.status,
    { error: 'invalid_request', error_description: refused.reason },
    { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' },
  );
}
