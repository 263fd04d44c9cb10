/**
 * Whether calls came to something, by what the API answered and never by the client's word alone.
 *
 * A client may report `ok` for a call that the API refused, or for one that it never sent. So calls are counted by their API requests: of
 * those that were refused because the session was not valid, as many have to be answered with success afterwards, at most one per call.
 * A client that sent fewer requests than calls has merged them before sending, and is judged by its requests.
 */
import type { ActionRecord, ScenarioHistory } from './query.ts';

export type ApiRequest = ScenarioHistory['resources'][number];

/**
 * Returns whether the API refused the session of a request: 401, or an error to an access token that was not valid. SOAP answers such a token with
 * 500, the Bulk API with 400, the identity URL with 403.
 */
export function sessionRefused({ facts, response }: ApiRequest): boolean {
  const status = response?.status ?? 0;
  if (status === 401) return true;
  if (status >= 400 && SESSION_ERRORS.has(response?.error ?? '')) return response?.fault === undefined;
  return status >= 400 && response?.fault === undefined && facts.accessToken?.alive !== true;
}

/** What the APIs call a session that is not valid (facts, section 6): of a real org, only its answer says so. */
const SESSION_ERRORS: ReadonlySet<string> = new Set(['INVALID_SESSION_ID', 'InvalidSessionId', 'Bad_OAuth_Token']);

/** The calls of a part of a scenario, and what the API answered to their requests. */
export interface CallTally {
  /** Every call that has ended, but those that the client has declared unsupported: an open one was cut off by the harness. */
  readonly calls: readonly ActionRecord[];
  /** Calls that failed by the client's own word, that were never answered, or in which the client died. */
  readonly failed: readonly ActionRecord[];
  /** Those of them that were never answered. */
  readonly hung: readonly ActionRecord[];
  /** API requests whose session was refused. */
  readonly refused: readonly ApiRequest[];
  /** API requests that were answered with success, after the first refusal if there was one. */
  readonly answered: readonly ApiRequest[];
  /** How many of the calls that were refused, at the least, the API never answered with success. */
  readonly missing: number;
  /** API requests began after one of the calls that were reported `ok`: without any, such a report says nothing. */
  readonly seen: boolean;
}

/** Counts the calls of `part`, which is a part of `scenario`. */
export function tallyCalls(scenario: ScenarioHistory, part: ScenarioHistory): CallTally {
  const calls = part.actions.filter(
    ({ begin, end }) =>
      begin.name === 'call' && end !== undefined && end.result !== 'unsupported' && end.result !== 'interrupted',
  );
  const failed = calls.filter(({ end }) => end?.result !== 'ok');
  const refused = part.resources.filter(sessionRefused);
  const firstRefusal = Math.min(...refused.map(({ response }) => response?.seq ?? Infinity));
  const succeeded = successOf(scenario, part);
  const answered = part.resources.filter(
    (one) => succeeded(one) && (refused.length === 0 || (one.response?.seq ?? 0) > firstRefusal),
  );
  const firstOk = Math.min(...calls.filter(({ end }) => end?.result === 'ok').map(({ seq }) => seq));
  return {
    calls,
    failed,
    hung: failed.filter(({ end }) => end?.result === 'timed-out'),
    refused,
    answered,
    missing: missing(calls, refused, answered),
    seen: part.resources.some(({ seq }) => seq > firstOk),
  };
}

/** How one call ended. */
export type CallOutcome =
  /** The client reports success, and the API answered a request of it with success. */
  | 'succeeded'
  /** The client reports success, and the API never answered one of its requests so. */
  | 'unbacked'
  /** The client reports success, and sent no API request: neither success nor failure. */
  | 'unseen'
  /** The client reports failure, or died. */
  | 'failed'
  /** It was not answered in time. */
  | 'hung'
  /** The harness cut it off. */
  | 'open';

/** Returns how `call` ended. Its API requests are those from its beginning to the next call or phase: a client may answer first and send later. */
export function callOutcome(scenario: ScenarioHistory, call: ActionRecord): CallOutcome {
  const { begin, end } = call;
  if (end === undefined || end.result === 'interrupted') return 'open';
  if (end.result === 'timed-out') return 'hung';
  if (end.result !== 'ok') return 'failed';
  const next = scenario.events.find(
    (event) =>
      event.seq > end.seq && (event.kind === 'phase' || (event.kind === 'verb-begin' && event.name === 'call')),
  );
  const part = scenario.between(begin.seq, next?.seq ?? Infinity);
  if (part.resources.length === 0) return 'unseen';
  return tallyCalls(scenario, part).answered.length > 0 ? 'succeeded' : 'unbacked';
}

/** Returns whether a call did not succeed: it failed, was not answered, or the API answered none of its requests with success. */
export const wentWrong = (scenario: ScenarioHistory, call: ActionRecord): boolean =>
  ['failed', 'hung', 'unbacked'].includes(callOutcome(scenario, call));

/**
 * What a successful answer of the API is for this client: 2xx or 304. Where no call before `part` got such an answer, as with a client that
 * looks up what is not there, the errors that it got for a valid session are its usual answers, and count.
 */
function successOf(scenario: ScenarioHistory, part: ScenarioHistory): (request: ApiRequest) => boolean {
  const begin = part.events[0]?.seq ?? 0;
  const before = scenario.resources.filter(({ seq }) => seq < begin);
  const usual = before.some(isSuccess)
    ? new Set<number>()
    : new Set(before.filter(isPlainError).flatMap(({ response }) => response?.status ?? []));
  return (request) => isSuccess(request) || (isPlainError(request) && usual.has(request.response?.status ?? 0));
}

const isSuccess = ({ facts, response }: ApiRequest): boolean => {
  const status = response?.status ?? 0;
  return facts.accessToken !== null && ((status >= 200 && status < 300) || status === 304);
};

const isPlainError = ({ facts, response }: ApiRequest): boolean => {
  const status = response?.status ?? 0;
  return facts.accessToken?.alive === true && response?.fault === undefined && status >= 400 && status < 500;
};

/**
 * Requests of one call count once where they carry the call's marker; of the marked calls that were refused each has to be answered, unless
 * answers without a marker may be theirs.
 */
function missing(
  calls: readonly ActionRecord[],
  refused: readonly ApiRequest[],
  answered: readonly ApiRequest[],
): number {
  const markers = new Set(calls.flatMap(({ begin }) => begin.marker ?? []));
  const idOf = ({ seq, facts }: ApiRequest): string | number =>
    facts.marker !== undefined && markers.has(facts.marker) ? facts.marker : seq;
  const [wanting, served] = [new Set(refused.map(idOf)), new Set(answered.map(idOf))];
  const unmarked = [...served].filter((id) => typeof id === 'number').length;
  const open = [...wanting].filter((id) => typeof id === 'string' && !served.has(id)).length;
  return Math.max(0, Math.min(calls.length, wanting.size) - served.size, open - unmarked);
}
