/** Determines whether calls succeeded by what the API answered, never by the client's report alone. A client may report `ok` for a call
 * that the API refused or that it never sent. So calls are counted by their API requests: of those refused because of an invalid session,
 * as many must be answered with success afterwards, at most one per call. A client that sent fewer requests than calls has merged them,
 * and is judged by its requests. */
import type { ActionRecord, ScenarioHistory } from './query.ts';

/** A request to the resource server with its answer. */
export type ApiRequest = ScenarioHistory['resources'][number];

/** Returns whether the API refused a request because of its session: 401, or an error for an access token that was not valid. SOAP answers
 * such a token with 500, the Bulk API with 400, the identity URL with 403. */
export function sessionRefused({ facts, response }: ApiRequest): boolean {
  const status = response?.status ?? 0;
  if (status === 401) return true;
  if (status >= 400 && SESSION_ERRORS.has(response?.error ?? '')) return response?.fault === undefined;
  return status >= 400 && response?.fault === undefined && facts.accessToken?.alive !== true;
}

/** The APIs' error codes for an invalid session; for a real org only its answer shows that. */
const SESSION_ERRORS: ReadonlySet<string> = new Set(['INVALID_SESSION_ID', 'InvalidSessionId', 'Bad_OAuth_Token']);

/** The calls in a part of a scenario, and the API's answers to their requests. */
export interface CallTally {
  /** Every call that has ended, except those that the client declared unsupported; an open one was cut off by the harness. */
  readonly calls: readonly ActionRecord[];
  /** Calls that the client reported as failed, that were never answered, or in which the client died. */
  readonly failed: readonly ActionRecord[];
  /** Calls among them that were never answered. */
  readonly hung: readonly ActionRecord[];
  /** API requests that were refused because of their session. */
  readonly refused: readonly ApiRequest[];
  /** API requests that were answered with success, after the first refusal if there was one. */
  readonly answered: readonly ApiRequest[];
  /** Smallest number of refused calls that the API never answered with success. */
  readonly missing: number;
  /** Whether API requests began after a call that was reported `ok`; without any, such a report shows nothing. */
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

/** Result of one call. */
export type CallOutcome =
  /** The client reported success, and the API answered a request with success. */
  | 'succeeded'
  /** The client reported success, but the API answered no request with success. */
  | 'unbacked'
  /** The client reported success and sent no API request: neither success nor failure is shown. */
  | 'unseen'
  /** The client reported failure, or died. */
  | 'failed'
  /** The call was not answered in time. */
  | 'hung'
  /** The harness cut the call off. */
  | 'open';

/** Returns the result of `call`. Its API requests are those from its beginning to the next call or phase: a client may answer first and
 * send later. */
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

/** Returns the test of a successful API answer for this client: 2xx or 304. When no call before `part` got such an answer, as for a client
 * that requests something missing, the errors it got with a valid session count too. */
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

/** Counts refused calls without a successful answer. Requests with the same marker count once, and each refused marked call must be
 * answered, unless answers without a marker may belong to it. */
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
