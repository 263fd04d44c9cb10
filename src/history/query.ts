/** History as checks read it: one scenario at a time, requests joined with their answers, the harness's own browser left out. */
import type { Event, EventBody, EventOf } from './event.ts';
import type { AuthorizationFacts, RequestFacts, ResourceFacts, RevocationFacts, TokenFacts } from './facts.ts';

/** A request and its answer. `response` is undefined while it was never answered. */
export interface ExchangeRecord<F extends RequestFacts = RequestFacts> {
  /** Number of the exchange within the run. */
  readonly exchange: number;
  /** Event number of the request: the evidence. */
  readonly seq: number;
  /** Milliseconds since the run began: first byte seen. */
  readonly begunAt: number;
  /** When the answer had ended; Infinity when it never did. */
  readonly endedAt: number;
  readonly request: EventOf<'request'>;
  readonly response: EventOf<'response'> | undefined;
  readonly facts: F;
}

/** One login: an authorization request, and the code exchanges that its code led to. */
export interface LoginRecord {
  readonly authorization: ExchangeRecord<AuthorizationFacts>;
  readonly exchanges: readonly ExchangeRecord<TokenFacts>[];
}

/** One action of the client: asked and answered. */
export interface ActionRecord {
  readonly seq: number;
  readonly begin: EventOf<'verb-begin'>;
  readonly end: EventOf<'verb-end'> | undefined;
}

export interface ScenarioHistory {
  readonly id: string;
  readonly events: readonly Event[];
  readonly mode: 'strict' | 'salesforce' | 'observing';
  readonly outcome: string;
  of<K extends EventBody['kind']>(kind: K): readonly EventOf<K>[];
  /** All exchanges of the client, in order of arrival. */
  readonly exchanges: readonly ExchangeRecord[];
  /** Authorization requests that the client made; the browser carries them. */
  readonly authorizations: readonly ExchangeRecord<AuthorizationFacts>[];
  /** Token requests of any grant, but those that were answered with a nonce to be used (RFC 9449 §8): they redeem nothing. */
  readonly tokenRequests: readonly ExchangeRecord<TokenFacts>[];
  /** `grant_type=authorization_code`, or a token request that carries a code. */
  readonly codeExchanges: readonly ExchangeRecord<TokenFacts>[];
  /** `grant_type=refresh_token`, or a token request that carries a refresh token. */
  readonly refreshes: readonly ExchangeRecord<TokenFacts>[];
  /** Requests to the resource server, userinfo and the identity URL. */
  readonly resources: readonly ExchangeRecord<ResourceFacts>[];
  readonly revocations: readonly ExchangeRecord<RevocationFacts>[];
  readonly logins: readonly LoginRecord[];
  /** But those that a person left out. */
  readonly actions: readonly ActionRecord[];
  /** The events from the phase `name` until the next phase; empty when it never began. */
  phase(name: string): ScenarioHistory;
  /** The events from the first phase `name` to the end of the scenario. */
  since(name: string): ScenarioHistory;
  /** The events before the first phase `name`; all of them when it never began. */
  before(name: string): ScenarioHistory;
  /** The events from one number up to another, that one left out; answers to their requests and actions go with them. */
  between(from: number, to: number): ScenarioHistory;
  /** True when the phase began. */
  reached(name: string): boolean;
}

const NEVER = Number.POSITIVE_INFINITY;

/** The server looked at what the request redeems. */
const isConsidered = ({ response }: ExchangeRecord): boolean => response?.error !== 'use_dpop_nonce';

/** The request redeems an authorization code. */
const redeemsCode = ({ facts }: ExchangeRecord<TokenFacts>): boolean =>
  facts.grantType === 'authorization_code' || (facts.grantType !== 'refresh_token' && facts.code !== null);

/** The request sends a refresh token. */
const isRefresh = ({ facts }: ExchangeRecord<TokenFacts>): boolean =>
  facts.grantType === 'refresh_token' || (facts.grantType !== 'authorization_code' && facts.refreshToken !== null);

const eventsOf = <K extends EventBody['kind']>(events: readonly Event[], kind: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> => event.kind === kind);

const firstOf = <K extends EventBody['kind']>(events: readonly Event[], kind: K): EventOf<K> | undefined =>
  events.find((event): event is EventOf<K> => event.kind === kind);

/** Wraps the events of one scenario. Pure; everything is computed when first asked for. */
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

/** Joins requests with their answers. A slice keeps the answers that came after it ended: the request belongs to the slice, its answer goes with it. */
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

/** Joins the begins of actions with their ends, without those that a person left out. */
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
