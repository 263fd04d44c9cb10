/** Lists recorded exchanges for tests: one entry for each exchange, with secrets replaced by labels. */
import type { Event, EventOf } from '../history/event.ts';

/** One request of the client and its answer. */
export interface RecordedExchange {
  /** Number of the request's event; findings cite it. */
  readonly seq: number;
  /** Kind of endpoint: `authorize`, `token`, `revoke`, `introspect`, `userinfo`, `identity`, `resource` … */
  readonly endpoint: string;
  readonly method: string;
  /** Path without the query; segments with secrets are labels. */
  readonly path: string;
  /** HTTP status; absent while the request is not answered. */
  readonly status?: number;
  /** `grant_type` of a token request as sent. */
  readonly grantType?: string;
  /** Label of the refresh token that the request carried, `RT#1`. */
  readonly refreshToken?: string;
  /** Label of the access token that the request carried, `AT#1`. */
  readonly accessToken?: string;
  /** Labels of the tokens in the answer. */
  readonly issued?: { readonly refreshToken?: string; readonly accessToken?: string };
  /** `error` of an OAuth answer, `errorCode` of an API answer. */
  readonly error?: string;
  /** Id of the fault that caused the answer. */
  readonly fault?: string;
}

/** Selects exchanges: a function, or values that must be equal. */
export type ExchangeFilter =
  ((exchange: RecordedExchange) => boolean) | Partial<Omit<RecordedExchange, 'issued' | 'seq'>>;

/** Returns the client's exchanges in order of arrival. The sign-in pages of `signIn` are left out, the authorization request is not. */
export function exchangesOf(events: readonly Event[], filter: ExchangeFilter = {}): readonly RecordedExchange[] {
  const answers = new Map<number, EventOf<'response'>>();
  for (const event of events) if (event.kind === 'response') answers.set(event.exchange, event);
  const all = events
    .filter((event) => event.kind === 'request')
    .filter(({ browser, endpoint }) => !browser || endpoint === 'authorize')
    .map((request) => exchangeOf(request, answers.get(request.exchange)));
  if (typeof filter === 'function') return all.filter(filter);
  const wanted = Object.entries(filter);
  return all.filter((one) => wanted.every(([name, value]) => one[name as keyof RecordedExchange] === value));
}

function exchangeOf(request: EventOf<'request'>, answer: EventOf<'response'> | undefined): RecordedExchange {
  const { facts } = request;
  const out: Record<string, unknown> = {
    seq: request.seq,
    endpoint: request.endpoint,
    method: request.method,
    path: request.path,
    status: answer?.status,
    grantType: 'grantType' in facts ? facts.grantType : undefined,
    refreshToken: 'refreshToken' in facts ? facts.refreshToken?.label : undefined,
    accessToken: 'accessToken' in facts ? facts.accessToken?.label : undefined,
    issued: issuedBy(answer),
    error: answer?.error,
    fault: answer?.fault,
  };
  for (const [name, value] of Object.entries(out))
    if (value === undefined || value === null) Reflect.deleteProperty(out, name);
  return out as unknown as RecordedExchange;
}

function issuedBy(answer: EventOf<'response'> | undefined): RecordedExchange['issued'] {
  const { refreshToken, accessToken } = answer?.issued ?? {};
  if (refreshToken === undefined && accessToken === undefined) return undefined;
  return {
    ...(refreshToken && { refreshToken: refreshToken.label }),
    ...(accessToken && { accessToken: accessToken.label }),
  };
}
