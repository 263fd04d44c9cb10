/** Provides the history for checks: one scenario at a time, requests joined with their answers, without the harness's own browser. */
import type { Event, EventBody, EventOf } from './event.ts';
import type { AuthorizationFacts, RequestFacts, ResourceFacts, RevocationFacts, TokenFacts } from './facts.ts';

/** A request and its answer; `response` is undefined when it was never answered. */
export interface ExchangeRecord<F extends RequestFacts = RequestFacts> {
  /** Number of the exchange within the run. */
  readonly exchange: number;
  /** Event number of the request, to cite as evidence. */
  readonly seq: number;
  /** First byte received, in milliseconds since the run began. */
  readonly begunAt: number;
  /** End of the answer; Infinity when there was none. */
  readonly endedAt: number;
  readonly request: EventOf<'request'>;
  readonly response: EventOf<'response'> | undefined;
  readonly facts: F;
}

/** One login: an authorization request, and the code exchanges for its code. */
export interface LoginRecord {
  readonly authorization: ExchangeRecord<AuthorizationFacts>;
  readonly exchanges: readonly ExchangeRecord<TokenFacts>[];
}

/** One action of the client: its request and its answer. */
export interface ActionRecord {
  readonly seq: number;
  readonly begin: EventOf<'verb-begin'>;
  readonly end: EventOf<'verb-end'> | undefined;
}

/** The events of one scenario, or of a part of it, as checks read them. */
export interface ScenarioHistory {
  readonly id: string;
  readonly events: readonly Event[];
  readonly mode: 'strict' | 'salesforce' | 'observing';
  readonly outcome: string;
  of<K extends EventBody['kind']>(kind: K): readonly EventOf<K>[];
  /** All exchanges of the client, in order of arrival. */
  readonly exchanges: readonly ExchangeRecord[];
  /** Authorization requests of the client, which its browser sends. */
  readonly authorizations: readonly ExchangeRecord<AuthorizationFacts>[];
  /** Token requests of any grant, except those answered by a DPoP nonce challenge (RFC 9449 §8), which redeem nothing. */
  readonly tokenRequests: readonly ExchangeRecord<TokenFacts>[];
  /** `grant_type=authorization_code`, or a token request that carries a code. */
  readonly codeExchanges: readonly ExchangeRecord<TokenFacts>[];
  /** `grant_type=refresh_token`, or a token request that carries a refresh token. */
  readonly refreshes: readonly ExchangeRecord<TokenFacts>[];
  /** Requests to the resource server, userinfo and the identity URL. */
  readonly resources: readonly ExchangeRecord<ResourceFacts>[];
  readonly revocations: readonly ExchangeRecord<RevocationFacts>[];
  readonly logins: readonly LoginRecord[];
  /** Actions, except those that a person skipped. */
  readonly actions: readonly ActionRecord[];
  /** Returns the events from the phase `name` until the next phase; empty when the phase never began. */
  phase(name: string): ScenarioHistory;
  /** Returns the events from the first phase `name` to the end of the scenario. */
  since(name: string): ScenarioHistory;
  /** Returns the events before the first phase `name`; all events when it never began. */
  before(name: string): ScenarioHistory;
  /** Returns the events from one number up to, but excluding, another, with the answers to their requests and actions. */
  between(from: number, to: number): ScenarioHistory;
  /** Returns whether the phase began. */
  reached(name: string): boolean;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Returns whether the server processed the code or token of the request. */
const isConsidered = ({ response }: ExchangeRecord): boolean => response?.error !== 'use_dpop_nonce';

/** Returns whether the request redeems an authorization code. */
const redeemsCode = ({ facts }: ExchangeRecord<TokenFacts>): boolean =>
  facts.grantType === 'authorization_code' || (facts.grantType !== 'refresh_token' && facts.code !== null);

/** Returns whether the request sends a refresh token. */
const isRefresh = ({ facts }: ExchangeRecord<TokenFacts>): boolean =>
  facts.grantType === 'refresh_token' || (facts.grantType !== 'authorization_code' && facts.refreshToken !== null);

const eventsOf = <K extends EventBody['kind']>(events: readonly Event[], kind: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> => event.kind === kind);

const firstOf = <K extends EventBody['kind']>(events: readonly Event[], kind: K): EventOf<K> | undefined =>
  events.find((event): event is EventOf<K> => event.kind === kind);

/** Wraps the events of one scenario. Pure; every part is computed on first use. */
export function scenarioHistory(
  id: string,
  events: readonly Event[],
  context: readonly Event[] = events,
): ScenarioHistory {
  const memo = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (!memo.has(key)) memo.set(key, make());
    return memo.get(key) as T;
  };
  const of = <K extends EventBody['kind']>(kind: K): readonly EventOf<K>[] =>
    once(`of ${kind}`, () => eventsOf(events, kind));
  const every = (): readonly ExchangeRecord[] => once('every', () => exchangesOf(of('request'), context));
  const withFacts = <F extends RequestFacts>(kind: F['kind'], key: string): readonly ExchangeRecord<F>[] =>
    once(key, () => every().filter((one): one is ExchangeRecord<F> => one.facts.kind === kind));

  const self: ScenarioHistory = {
    id,
    events,
    get mode() {
      return firstOf(context, 'scenario-begin')?.mode ?? 'strict';
    },
    get outcome() {
      return firstOf(context, 'scenario-end')?.outcome ?? 'interrupted';
    },
    of,
    get exchanges() {
      return once('exchanges', () => every().filter((one) => !one.request.browser));
    },
    get authorizations() {
      return withFacts<AuthorizationFacts>('authorize', 'authorizations');
    },
    get tokenRequests() {
      return once('tokenRequests', () => withFacts<TokenFacts>('token', 'every token request').filter(isConsidered));
    },
    get codeExchanges() {
      return once('codeExchanges', () => self.tokenRequests.filter(redeemsCode));
    },
    get refreshes() {
      return once('refreshes', () => self.tokenRequests.filter(isRefresh));
    },
    get resources() {
      return withFacts<ResourceFacts>('resource', 'resources');
    },
    get revocations() {
      return withFacts<RevocationFacts>('revoke', 'revocations');
    },
    get logins() {
      return once('logins', () =>
        self.authorizations.map((authorization) => ({
          authorization,
          exchanges: self.codeExchanges.filter(({ facts }) => facts.code?.login === authorization.seq),
        })),
      );
    },
    get actions() {
      return once('actions', () => actionsOf(of('verb-begin'), context));
    },
    ...slicesOf(events, (part) => scenarioHistory(id, part, context)),
  };
  return self;
}

/** Joins requests with their answers. A part of a scenario includes later answers to its requests. */
function exchangesOf(requests: readonly EventOf<'request'>[], context: readonly Event[]): readonly ExchangeRecord[] {
  const responses = new Map(eventsOf(context, 'response').map((event) => [event.exchange, event]));
  return requests.map((request) => {
    const response = responses.get(request.exchange);
    return {
      exchange: request.exchange,
      seq: request.seq,
      begunAt: request.begunAt,
      endedAt: response?.t ?? NEVER,
      request,
      response,
      facts: request.facts,
    };
  });
}

/** Joins the starts of actions with their ends, without those that a person skipped. */
function actionsOf(begins: readonly EventOf<'verb-begin'>[], context: readonly Event[]): readonly ActionRecord[] {
  const ends = new Map(eventsOf(context, 'verb-end').map((event) => [event.verb, event]));
  return begins
    .map((begin) => ({ seq: begin.seq, begin, end: ends.get(begin.verb) }))
    .filter(({ end }) => end?.skipped !== true);
}

type Slices = Pick<ScenarioHistory, 'phase' | 'since' | 'before' | 'between' | 'reached'>;

/** Returns the functions that cut the events of a scenario at its phases. */
function slicesOf(events: readonly Event[], slice: (part: readonly Event[]) => ScenarioHistory): Slices {
  const phaseAt = (name: string): number => events.findIndex((event) => event.kind === 'phase' && event.phase === name);
  return {
    phase(name) {
      const from = phaseAt(name);
      if (from < 0) return slice([]);
      const length = events.slice(from + 1).findIndex((event) => event.kind === 'phase');
      return slice(length < 0 ? events.slice(from) : events.slice(from, from + 1 + length));
    },
    since(name) {
      const from = phaseAt(name);
      return slice(from < 0 ? [] : events.slice(from));
    },
    before(name) {
      const to = phaseAt(name);
      return slice(to < 0 ? events : events.slice(0, to));
    },
    between: (from, to) => slice(events.filter(({ seq }) => seq >= from && seq < to)),
    reached: (name) => phaseAt(name) >= 0,
  };
}
