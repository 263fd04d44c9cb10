/**
 * The recorder: the outermost layer of the mock. It writes down every request before anything inside has an opinion on it, and every
 * answer once it has truly ended.
 *
 * A code belongs to the authorization request that began its login, even when it is issued on a later request of the same sign-in: redirects
 * inside the mock are followed (see login-tracker.ts).
 */
import type { Context } from 'koa';
import type { Wire } from '../http/wire.ts';
import { headerOf, json, type Reply } from '../reply.ts';
import { createActivity } from './activity.ts';
import { digestOf, type Login } from './correlation.ts';
import type { Exchange } from './exchange.ts';
import { createLoginTracker } from './login-tracker.ts';
import { exchangeOpener } from './open-exchange.ts';
import { browserUser } from './parse-request.ts';
import type { ReadRequest } from './read-request.ts';
import type { RecorderOptions } from './recorder-options.ts';
import { BROWSER_HEADER } from './redaction/headers.ts';
import { labelIssued, responseEvent } from './response-event.ts';

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
  const { record, redactor, correlation, app } = options;
  const realOrg = options.upstream !== undefined;
  const tracker = createLoginTracker();
  const activity = createActivity(options.held);
  if (app.clientSecret !== undefined) redactor.label('SECRET', app.clientSecret);
  redactor.label('VALUE', options.browserKey);

  const open = exchangeOpener(options, tracker);

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
