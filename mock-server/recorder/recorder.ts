/** Records exchanges: the outermost layer of the mock. Records every request before it is processed, and every answer once it has ended. A
 * code belongs to the authorization request that began its login, even when a later request of the same sign-in issues it: redirects
 * inside the mock are followed (see login-tracker.ts). */
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

/** A recorded request whose answer will be recorded. */
export interface Received {
  readonly exchange: Exchange;
  /** The answer to an unreadable body: the request is not processed further. */
  readonly refusal: Reply | undefined;
  /** Takes the answer as decided so far, which is recorded if the client disconnects now. */
  readonly decided: (reply: Reply) => void;
  /** Takes the answer that is about to be sent: labels and remembers its tokens and codes. */
  readonly leaving: (reply: Reply) => void;
}

/** The recorder of one mock; made by `createRecorder`. */
export interface Recorder {
  /** Reads, measures and records one request. Resolves with undefined when its client disconnected before it was complete. */
  receive(ctx: Context, wire: Wire): Promise<Received | undefined>;
  /** Number of exchanges that have begun and not ended. */
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

  /** Labels and remembers the tokens and codes of an answer. */
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
          // A closed history accepts no more lines; a full disk is reported at the next request.
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
