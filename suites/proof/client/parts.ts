/** What a client is made of. A broken client is the reference client with one of the behaviours replaced. */
import type { Environment } from './environment.ts';
import type { Flight } from './flight.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { Lock } from './lock.ts';
import type { Callback, Login, Logins } from './logins.ts';
import type { Outcome } from './outcome.ts';
import type { Redirects } from './redirects.ts';
import type { Renewal } from './renewal.ts';
import type { Store } from './store.ts';
import type { Purpose, TokenRequest } from './token-request.ts';
import type { Granted, Tokens } from './tokens.ts';
import type { AllActions, Answer, Actions } from './actions.ts';

export interface Behaviours {
  /** A code verifier for the n-th login of this process, counted from 1. */
  readonly verifier: (about: { readonly state: string; readonly n: number; readonly env: Environment }) => string;
  /** PKCE parameters of the authorization request. */
  readonly challenge: (verifier: string) => Readonly<Record<string, string>>;
  readonly state: () => string;
  readonly authorizeQuery: (
    login: Login,
    pkce: Readonly<Record<string, string>>,
    env: Environment,
  ) => Record<string, string>;
  readonly createLogins: () => Logins;
  readonly readCallback: (query: URLSearchParams, logins: Logins, env: Environment) => Callback;
  readonly codeForm: (login: Login, code: string, env: Environment) => Record<string, string>;
  readonly refreshForm: (tokens: Tokens, env: Environment) => Record<string, string>;
  readonly authenticate: (request: TokenRequest, purpose: Purpose, env: Environment) => TokenRequest;
  readonly send: (request: HttpRequest, purpose: Purpose | 'api') => Promise<HttpAnswer>;
  readonly interpret: (answer: HttpAnswer, purpose: 'code' | 'refresh') => Outcome;
  /** The code of a callback becomes tokens. */
  readonly redeem: (login: Login, code: string, parts: Parts) => Promise<Answer>;
  readonly merge: (before: Tokens | undefined, granted: Granted, loginUrl: string) => Tokens;
  readonly createStore: (env: Environment) => Store;
  readonly createLock: (env: Environment) => Lock;
  readonly createFlight: () => Flight;
  /** New tokens in the place of stale ones, for one caller. */
  readonly renew: (stale: Tokens, parts: Parts) => Promise<Renewal>;
  /** The refresh itself, alone in the process and among processes. */
  readonly rotate: (stale: Tokens, parts: Parts) => Promise<Renewal>;
  /** Milliseconds until a second and last attempt; undefined: no second attempt. */
  readonly pause: (outcome: Outcome) => number | undefined;
  readonly onGranted: (sent: Tokens, granted: Granted, parts: Parts) => Renewal;
  readonly onRejected: (sent: Tokens, error: string, parts: Parts) => Renewal;
  readonly apiRequest: (tokens: Tokens, env: Environment) => HttpRequest;
  /** The API says that the access token is dead. */
  readonly isExpired: (answer: HttpAnswer) => boolean;
  readonly call: (parts: Parts) => Promise<Answer>;
  readonly disconnect: (parts: Parts) => Promise<Answer>;
  readonly status: (parts: Parts) => Promise<Answer>;
  /** The last word on what the adapter offers. */
  readonly actions: (actions: AllActions, parts: Parts) => Actions;
}

export interface Parts {
  readonly env: Environment;
  readonly behaviours: Behaviours;
  readonly store: Store;
  readonly lock: Lock;
  readonly flight: Flight;
  readonly logins: Logins;
  readonly redirects: Redirects;
}
