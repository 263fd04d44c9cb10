/** Forwards one recorded request to the org, learns from the answer, and converts it into the answer to the client. */
import { findAccessToken, json, text, type Exchange, type Reply } from '../../mock-server/gateway.ts';
import type { EventBody } from '../history/event.ts';
import { headerIn, MOST_READ_BYTES, readAnswer } from './read-answer.ts';
import type { GateNames } from './endpoint.ts';
import type { Forwarder, OrgAnswer } from './forward.ts';
import { namesOf, replyHeaders, requestHeaders } from './headers.ts';
import type { UpstreamOrigins } from './origins.ts';
import { limited, outgoingBody, TooLarge } from './outgoing-body.ts';
import { withOwnSignature } from './signature.ts';
import type { TokenBook } from './token-book.ts';
import { errorCodeOf, fieldsOf, refusesSession } from './token-fields.ts';

/** Options of `createForwarding`. */
export interface ForwardingOptions {
  readonly origins: Pick<UpstreamOrigins, 'upstreamOf' | 'toLocal' | 'toUpstream'>;
  readonly forwarder: Forwarder;
  readonly book: TokenBook;
  readonly record: (body: EventBody) => unknown;
  readonly app: { readonly clientSecret?: string };
  /** Whether the client uses TLS to connect to the gateway. */
  readonly secure: boolean;
}

/** Returns path and query of a request as the client sent them. */
const targetOf = ({ path, search }: Exchange): string => path + (search === '' ? '' : `?${search}`);

/** Returns a function that forwards an exchange. It never rejects: when the org does not answer, the client gets a 502. */
export function createForwarding(options: ForwardingOptions): (exchange: Exchange, gates: GateNames) => Promise<Reply> {
  const { origins, forwarder, record, secure } = options;

  const send = async (exchange: Exchange): Promise<OrgAnswer> => {
    const origin = origins.upstreamOf(exchange.incoming.socket.localPort ?? 0);
    if (origin === undefined) throw new Error('no host of the org belongs to this port');
    const { body, length, decompressed } = outgoingBody(exchange, origins.toUpstream);
    const headers = requestHeaders({ headers: exchange.headers, length, decompressed, toUpstream: origins.toUpstream });
    const target = origins.toUpstream(targetOf(exchange));
    return forwarder.send({ origin, method: exchange.method, target, headers, body });
  };

  return async (exchange, gates) => {
    const { payload } = exchange;
    if (limited(exchange)) return TOO_LARGE;
    let answer: OrgAnswer;
    try {
      answer = await send(exchange);
    } catch (error) {
      payload?.rest?.resume();
      if (error instanceof TooLarge) return TOO_LARGE;
      return unanswered(error, exchange, record);
    }
    const { status, rawHeaders, body } = answer;
    void exchange.ended.then(() => {
      // A body that was not read to its end, because the client disconnected or no body may follow, would end with an unhandled
      // error.
      if (!body.readableEnded) body.once('error', () => undefined).destroy();
    });
    const names = namesOf(rawHeaders);
    const location = headerIn(rawHeaders, 'location');
    const headersOf = async (unchanged: boolean): Promise<Reply['headers']> => {
      const headers = replyHeaders({ raw: rawHeaders, secure, unchanged });
      if (location === '') return headers;
      const { location: _lower, Location: _upper, ...others } = headers;
      return {
        ...others,
        Location: await origins.toLocal(location, { fallback: exchange.host === 'instance' ? 'instance' : 'login' }),
      };
    };
    const whole = isRead(exchange, answer)
      ? await readWhole(answer).catch((error: unknown) => String(error))
      : undefined;
    if (typeof whole === 'string') return unanswered(new Error(whole), exchange, record);
    if (whole === undefined) {
      learnSession(exchange, status, '', options.book);
      const stream = exchange.method === 'HEAD' || status === 204 || status === 304 ? undefined : body;
      return { status, headers: await headersOf(true), stream, headerNames: names, gates: gates.granted };
    }
    const received = whole.toString('utf8');
    const reply = await understood(exchange, { status, type: headerIn(rawHeaders, 'content-type'), received }, options);
    const refused = status >= 400 && (exchange.endpoint === 'token' || refusesSession(status, received));
    const changed = reply.body !== undefined;
    return {
      ...{ status, headers: await headersOf(false), body: changed ? reply.body : whole, headerNames: names },
      ...{ issued: reply.issued, refusal: reply.refusal, gates: refused ? gates.refused : gates.granted },
    };
  };
}

const TOO_LARGE = json(
  413,
  { error: 'invalid_request', error_description: 'a body of more than 64 MiB is not forwarded' },
  { Connection: 'close' },
);

/** Returns whether an answer is read completely: errors, and answers that hold tokens or URLs of the org. */
function isRead({ endpoint, path, rawBody, method }: Exchange, { status, rawHeaders }: OrgAnswer): boolean {
  if (method === 'HEAD' || Number(headerIn(rawHeaders, 'content-length')) > MOST_READ_BYTES) return false;
  if (status >= 400 || endpoint !== 'resource') return true;
  if (/^\/services\/Soap\//i.test(path)) return /<(?:\w{1,32}:)?login[\s>]/.test(rawBody.toString('utf8', 0, 4_096));
  return /^\/services\/data\/v[\d.]{1,6}\/?$/.test(path);
}

async function readWhole({ body, rawHeaders }: OrgAnswer): Promise<Buffer> {
  const whole = await readAnswer(body, rawHeaders);
  if (whole === undefined) throw new RangeError('the answer is larger than 1 MiB');
  return whole;
}

interface Received {
  readonly status: number;
  readonly type: string;
  readonly received: string;
}

/** Learns from an answer, and replaces its URLs. The body is left out when it stays unchanged. */
async function understood(
  exchange: Exchange,
  { status, type, received }: Received,
  { book, origins, app }: ForwardingOptions,
): Promise<Pick<Reply, 'body' | 'issued' | 'refusal'>> {
  const { endpoint } = exchange;
  const code = status >= 400 ? errorCodeOf(received) : undefined;
  const refusal = code === undefined ? undefined : { error: code };
  if (endpoint === 'revoke' && status === 200) {
    book.learnRevocation(exchange.form.get('token') ?? exchange.query.get('token') ?? '');
  }
  learnSession(exchange, status, received, book);
  if (endpoint === 'token') {
    const fields = fieldsOf(type, received) ?? {};
    const issued = book.learnTokens({ exchange, status, fields });
    const error = fields['error'];
    const local = await origins.toLocal(received, { announce: issued !== undefined });
    return {
      body: withOwnSignature(local, fields, app.clientSecret),
      issued,
      refusal: error === undefined ? undefined : { error, errorDescription: fields['error_description'] },
    };
  }
  const local = await origins.toLocal(received, {
    fallback: endpoint === 'discovery' ? 'login' : 'instance',
    announce: status === 200 && endpoint === 'resource' && /soap/i.test(exchange.path),
  });
  return { refusal, ...(local === received ? {} : { body: local }) };
}

function learnSession(exchange: Exchange, status: number, received: string, book: TokenBook): void {
  if (exchange.facts.kind !== 'resource') return;
  const raw = findAccessToken(exchange)?.raw;
  if (raw !== undefined) book.learnSession(raw, refusesSession(status, received));
}

/** Answers in place of an org that does not, and records why: later events are not caused by the client. */
function unanswered(error: unknown, exchange: Exchange, record: ForwardingOptions['record']): Reply {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = /^[A-Z_0-9]{3,60}$/.test(code) ? ` (${code})` : '';
  record({ kind: 'note', text: `Exchange ${String(exchange.number)}: the org did not answer${why}.` });
  return { ...text(502, 'The org did not answer.'), fault: 'no-answer-from-org' };
}
