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
    once(`of ${kind}`, () => events.filter((event): event is EventOf<K> => event.kind === kind));
  const responses = (): ReadonlyMap<number, EventOf<'response'>> =>
    once('responses', () => {
      // A slice keeps the answers that came after it ended: the request belongs to the slice, its answer goes with it.
      const all = context.filter((event): event is EventOf<'response'> => event.kind === 'response');
      return new Map(all.map((event) => [event.exchange, event]));
    });
  const every = (): readonly ExchangeRecord[] =>
    once('every', () =>
      of('request').map((request) => {
        const response = responses().get(request.exchange);
        return {
          exchange: request.exchange,
          seq: request.seq,
          begunAt: request.begunAt,
          endedAt: response?.t ?? NEVER,
          request,
          response,
          facts: request.facts,
        };
      }),
    );
  const withFacts = <F extends RequestFacts>(kind: F['kind'], key: string): readonly ExchangeRecord<F>[] =>
    once(key, () => every().filter((one): one is ExchangeRecord<F> => one.facts.kind === kind));
  const slice = (part: readonly Event[]): ScenarioHistory => scenarioHistory(id, part, context);
  const phaseAt = (name: string): number => events.findIndex((event) => event.kind === 'phase' && event.phase === name);

  const self: ScenarioHistory = {
    id,
    events,
    get mode() {
      return (
        context.find((event): event is EventOf<'scenario-begin'> => event.kind === 'scenario-begin')?.mode ?? 'strict'
      );
    },
    get outcome() {
      return (
        context.find((event): event is EventOf<'scenario-end'> => event.kind === 'scenario-end')?.outcome ??
        'interrupted'
      );
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
      return once('codeExchanges', () =>
        self.tokenRequests.filter(
          ({ facts }) =>
            facts.grantType === 'authorization_code' || (facts.grantType !== 'refresh_token' && facts.code !== null),
        ),
      );
    },
    get refreshes() {
      return once('refreshes', () =>
        self.tokenRequests.filter(
          ({ facts }) =>
            facts.grantType === 'refresh_token' ||
            (facts.grantType !== 'authorization_code' && facts.refreshToken !== null),
        ),
      );
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
      return once('actions', () => {
        const ends = new Map(
          context
            .filter((event): event is EventOf<'verb-end'> => event.kind === 'verb-end')
            .map((event) => [event.verb, event]),
        );
        return of('verb-begin')
          .map((begin) => ({ seq: begin.seq, begin, end: ends.get(begin.verb) }))
          .filter(({ end }) => end?.skipped !== true);
      });
    },
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
  return self;
}
