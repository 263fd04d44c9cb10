/**
 * Histories by hand, for the tests of checks: a tape that is written event by event, as a scenario would.
 *
 * @example
 * const tape = createTape('login');
 * tape.login();                                  // a whole honest login
 * tape.token({ redirect: 'absent' });            // one more token request, with what is to be wrong about it
 * check.judge(tape.history(), runFacts());
 */
import type { Event, EventBody, Request, Response, ActionEnd, Visit } from '../src/history/event.ts';
import type { AuthorizationFacts, ResourceFacts, TokenFacts, VerifierFacts } from '../src/history/facts.ts';
import type { Secret } from '../src/history/label.ts';
import { scenarioHistory, type ScenarioHistory } from '../src/history/query.ts';

/** A secret as history knows it. */
export const secret = (label: string, length = 43): Secret => ({
  label,
  length,
  fingerprint: Buffer.from(label).toString('hex').padEnd(8, '0').slice(0, 8),
});

/** Fields that an exchange may have otherwise than by default. */
export interface ExchangeParts {
  readonly request?: Partial<Request>;
  /** `null`: it is never answered. */
  readonly response?: Partial<Response> | null;
}

export interface LoginParts {
  readonly authorization?: Partial<AuthorizationFacts>;
  readonly authorizing?: ExchangeParts;
  readonly token?: Partial<TokenFacts>;
  readonly exchange?: ExchangeParts;
  readonly end?: Partial<ActionEnd>;
}

export interface Tape {
  /** Appends an event and returns its number. Each comes 10 ms after the one before. */
  add(body: EventBody): number;
  /** Lets `ms` pass. */
  wait(ms: number): void;
  phase(name: string): number;
  /** `authorize`, the browser's request, its callback, the token request, the answer. Returns the number of the authorization request. */
  login(parts?: LoginParts): number;
  /** Begins an action; call what is returned to end it. */
  action(name: ActionEnd['name']): (end?: Partial<ActionEnd>) => number;
  /** An authorization request, answered with a redirect. Every one has a challenge, a state and a code of its own. */
  authorize(facts?: Partial<AuthorizationFacts>, parts?: ExchangeParts): number;
  /** The browser at the client's listener. */
  callback(visit?: Partial<Visit>): number;
  /** A token request for the code of the last authorization request, answered with tokens. */
  token(facts?: Partial<TokenFacts>, parts?: ExchangeParts): number;
  /** An API request, answered 200. */
  resource(facts?: Partial<ResourceFacts>, parts?: ExchangeParts): number;
  /** The client's process exits; the harness ended it only if `expected`. */
  dies(expected?: boolean): number;
  history(): ScenarioHistory;
}

/** The verifier that belongs to the authorization request `login`. */
export const verifierOf = (login: number, facts: Partial<VerifierFacts> = {}): VerifierFacts => ({
  ...secret(`VERIFIER#${String(login)}`),
  unreserved: true,
  illegal: '',
  tilde: false,
  alphabet: 40,
  entropyBits: 220,
  uuid: false,
  timeLike: false,
  counterLike: false,
  commonPrefix: 0,
  commonSuffix: 0,
  matches: [login],
  equalsChallenge: false,
  exposedIn: [],
  ...facts,
});

export function createTape(scenario: string): Tape {
  const events: Event[] = [];
  let t = 0;
  let exchanges = 0;
  let actions = 0;
  let login = 0;

  const add = (body: EventBody): number => {
    t += 10;
    const seq = events.length + 1;
    events.push({ ...body, seq, t, scenario, prev: '' });
    return seq;
  };
  const exchange = (request: Request, response: Partial<Response>, parts: ExchangeParts): number => {
    const { exchange: number } = request;
    const seq = add({ ...request, ...parts.request });
    if (parts.response === null) return seq;
    const { endpoint } = { ...request, ...parts.request };
    add({
      kind: 'response',
      exchange: number,
      endpoint,
      status: 200,
      delivered: 'complete',
      ...response,
      ...parts.response,
    });
    return seq;
  };
  const request = (endpoint: Request['endpoint'], facts: Request['facts'], more: Partial<Request>): Request => ({
    kind: 'request',
    exchange: (exchanges += 1),
    connection: `C${String(exchanges)}`,
    begunAt: t + 9,
    host: 'login',
    endpoint,
    method: 'GET',
    path: `/services/oauth2/${endpoint}`,
    query: [],
    headers: [],
    body: [],
    bodyBytes: 0,
    browser: false,
    facts,
    ...more,
  });

  add({ kind: 'scenario-begin', title: scenario, mode: 'strict' });
  const tape: Tape = {
    add,
    wait: (ms) => {
      t += ms;
    },
    phase: (name) => add({ kind: 'phase', phase: name }),
    login: (parts = {}) => {
      const end = tape.action('authorize');
      const seq = tape.authorize(parts.authorization, parts.authorizing);
      tape.callback();
      tape.token(parts.token, parts.exchange);
      end(parts.end);
      return seq;
    },
    action: (name) => {
      const verb = (actions += 1);
      add({ kind: 'verb-begin', verb, name, process: 'P1', user: 'U1' });
      return (end = {}) => add({ kind: 'verb-end', verb, name, process: 'P1', result: 'ok', ...end });
    },
    authorize: (facts = {}, parts = {}) => {
      login = events.length + 1;
      const about: AuthorizationFacts = {
        kind: 'authorize',
        clientIdKnown: true,
        responseType: 'code',
        challenge: {
          ...secret(`CHALLENGE#${String(login)}`),
          wellFormed: true,
          padded: false,
          standardBase64: false,
          hex: false,
          occurrences: 1,
        },
        method: 'S256',
        state: { ...secret(`STATE#${String(login)}`, 32), entropyBits: 140 },
        nonce: null,
        scopes: ['api', 'refresh_token'],
        redirect: 'loopback-port',
        leaked: [],
        ...facts,
      };
      const query = [{ name: 'redirect_uri', value: 'http://127.0.0.1:4711/callback' }];
      const code = secret(`CODE#${String(login)}`);
      return exchange(request('authorize', about, { browser: true, query }), { status: 302, issued: { code } }, parts);
    },
    callback: (visit = {}) =>
      add({ kind: 'visit', step: 'callback', user: 'U1', url: 'http://127.0.0.1:4711/callback', ...visit }),
    token: (facts = {}, parts = {}) => {
      const about: TokenFacts = {
        kind: 'token',
        grantType: 'authorization_code',
        auth: {
          clientId: { in: 'body', known: true },
          body: 'absent',
          query: 'absent',
          basic: 'absent',
          authorizationScheme: null,
          assertion: false,
        },
        code: { ...secret(`CODE#${String(login)}`), login, uses: 1 },
        verifier: verifierOf(login),
        refreshToken: null,
        redirect: 'same',
        contentType: 'application/x-www-form-urlencoded',
        queryNames: [],
        ...facts,
      };
      return exchange(request('token', about, { method: 'POST' }), {}, parts);
    },
    resource: (facts = {}, parts = {}) => {
      const about: ResourceFacts = { kind: 'resource', accessToken: null, tokenIn: 'header', ...facts };
      return exchange(request('resource', about, { host: 'instance', path: '/services/data/v67.0/limits' }), {}, parts);
    },
    dies: (expected = false) =>
      add({
        kind: 'process-end',
        process: 'P1',
        code: expected ? null : 1,
        signal: expected ? 'SIGKILL' : null,
        expected,
      }),
    history: () => scenarioHistory(scenario, events),
  };
  return tape;
}
