/** Exchanges of the made-up history: a login, a code exchange, a call, a refresh, each as the recorder would write it. */
import { createHash } from 'node:crypto';

import type { Request, Response, Rotation } from '../../src/history/event.ts';
import type { ClientAuthenticationFacts } from '../../src/history/facts.ts';
import type { Parameter, Secret, SecretKind } from '../../src/history/label.ts';
import type { Tape } from './tape.ts';

/** A label with a made-up fingerprint that is the same for the same label. */
export function secret(kind: SecretKind, number: number, length: number): Secret {
  const label = kind === 'SECRET' ? 'SECRET' : `${kind}#${String(number)}`;
  return { label, fingerprint: createHash('sha256').update(label).digest('hex').slice(0, 8), length };
}

export const refreshToken = (n: number): Secret => secret('RT', n, 87);
export const accessToken = (n: number): Secret => secret('AT', n, 112);

export const plain = (name: string, value: string): Parameter => ({ name, value });
export const hidden = (name: string, value: Secret): Parameter => ({ name, value: value.label, secret: value });

const PUBLIC_CLIENT: ClientAuthenticationFacts = {
  clientId: { in: 'body', known: true },
  body: 'absent',
  query: 'absent',
  basic: 'absent',
  authorizationScheme: null,
  assertion: false,
};

const TOKEN_HEADERS: readonly Parameter[] = [
  plain('host', '127.0.0.1:4010'),
  plain('content-type', 'application/x-www-form-urlencoded'),
  plain('user-agent', 'acme-sync/4.2 python-requests/2.32'),
];

/** When and where an exchange took place; `key` names its request, `key!` its response. */
export interface SampleExchange {
  readonly scenario: string;
  readonly exchange: number;
  readonly connection: string;
  readonly begin: number;
  readonly end: number;
  readonly key?: string;
}

type SampleResponse = Omit<Response, 'kind' | 'exchange' | 'endpoint' | 'delivered'> & { readonly delivered?: Response['delivered'] };

function write(tape: Tape, place: SampleExchange, request: Omit<Request, 'kind' | 'exchange' | 'connection' | 'begunAt'>, answer: SampleResponse): void {
  const { exchange, connection } = place;
  tape.put(place.begin + 1, place.scenario, { kind: 'request', exchange, connection, begunAt: place.begin, ...request }, place.key);
  tape.put(
    place.end,
    place.scenario,
    { kind: 'response', exchange, endpoint: request.endpoint, delivered: 'complete', ...answer },
    place.key === undefined ? undefined : `${place.key}!`,
  );
}

/** The browser opens the authorization URL. `method` null: the client sent no `code_challenge_method`. */
export function authorize(tape: Tape, place: SampleExchange, options: { readonly login: number; readonly method: string | null; readonly refused?: string }): void {
  const challenge = secret('CHALLENGE', options.login, 43);
  const state = secret('STATE', options.login, 22);
  write(
    tape,
    place,
    {
      host: 'login',
      endpoint: 'authorize',
      method: 'GET',
      path: '/services/oauth2/authorize',
      query: [
        plain('response_type', 'code'),
        plain('client_id', '3MVG9sample'),
        plain('redirect_uri', 'http://127.0.0.1:53712/callback'),
        plain('scope', 'api refresh_token'),
        hidden('state', state),
        hidden('code_challenge', challenge),
        ...(options.method === null ? [] : [plain('code_challenge_method', options.method)]),
      ],
      headers: [plain('host', '127.0.0.1:4010'), plain('user-agent', 'sf-conformance browser')],
      body: [],
      bodyBytes: 0,
      browser: true,
      facts: {
        kind: 'authorize',
        clientIdKnown: true,
        responseType: 'code',
        challenge: { ...challenge, wellFormed: true, padded: false, standardBase64: false, hex: false, occurrences: 1 },
        method: options.method,
        state: { ...state, entropyBits: 128 },
        nonce: null,
        scopes: ['api', 'refresh_token'],
        redirect: 'loopback-port',
        leaked: [],
      },
    },
    options.refused === undefined
      ? { status: 302, issued: { code: secret('CODE', options.login, 64) } }
      : { status: 302, error: 'invalid_request', errorDescription: 'code_challenge_method is required', deniedBy: options.refused },
  );
}

/** The code is redeemed. */
export function redeem(
  tape: Tape,
  place: SampleExchange,
  options: { readonly login: number; readonly family: string; readonly rt: number; readonly at: number },
): void {
  const verifier = secret('VERIFIER', options.login, 64);
  const code = secret('CODE', options.login, 64);
  const matches = [1];
  write(
    tape,
    place,
    {
      host: 'login',
      endpoint: 'token',
      method: 'POST',
      path: '/services/oauth2/token',
      query: [],
      headers: TOKEN_HEADERS,
      body: [
        plain('grant_type', 'authorization_code'),
        hidden('code', code),
        plain('client_id', '3MVG9sample'),
        plain('redirect_uri', 'http://127.0.0.1:53712/callback'),
        hidden('code_verifier', verifier),
      ],
      bodyBytes: 322,
      browser: false,
      facts: {
        kind: 'token',
        grantType: 'authorization_code',
        auth: PUBLIC_CLIENT,
        code: { ...code, login: 1, uses: 1 },
        verifier: {
          ...verifier, unreserved: true, illegal: '', tilde: false, alphabet: 41, entropyBits: 330, uuid: false, timeLike: false,
          counterLike: false, commonPrefix: 0, commonSuffix: 0, matches, equalsChallenge: false, exposedIn: [],
        },
        refreshToken: null,
        redirect: 'same',
        contentType: 'application/x-www-form-urlencoded',
        queryNames: [],
      },
    },
    {
      status: 200,
      issued: { accessToken: accessToken(options.at), refreshToken: refreshToken(options.rt), family: options.family, generation: 0 },
    },
  );
}

/** One API call. */
export function call(
  tape: Tape,
  place: SampleExchange,
  options: { readonly family: string; readonly at: number; readonly alive: boolean; readonly path?: string },
): void {
  const token = accessToken(options.at);
  write(
    tape,
    place,
    {
      host: 'instance',
      endpoint: 'resource',
      method: 'GET',
      path: options.path ?? '/services/data/v64.0/sobjects/Account',
      query: [],
      headers: [plain('host', '127.0.0.1:4011'), plain('authorization', `Bearer ${token.label}`)],
      body: [],
      bodyBytes: 0,
      browser: false,
      facts: {
        kind: 'resource',
        accessToken: { ...token, family: options.family, generation: 0, newest: options.alive, alive: options.alive },
        tokenIn: 'header',
      },
    },
    options.alive
      ? { status: 200, body: '{"totalSize":3,"done":true}' }
      : { status: 401, error: 'INVALID_SESSION_ID', errorDescription: 'Session expired or invalid' },
  );
}

export interface RefreshOptions {
  readonly family: string;
  readonly rt: number;
  readonly generation: number;
  readonly head: boolean;
  readonly outcome: Rotation['outcome'];
  /** New tokens, when it was rotated. */
  readonly next?: { readonly rt: number; readonly at: number };
  /** What the mock decided at this instant; default: 2 ms before the end. */
  readonly decidedAt?: number;
}

/** A refresh: the token that was sent, the mock's decision, the answer. */
export function refresh(tape: Tape, place: SampleExchange, options: RefreshOptions): void {
  const sent = refreshToken(options.rt);
  const { next } = options;
  tape.put(options.decidedAt ?? place.end - 2, place.scenario, {
    kind: 'rotation',
    exchange: place.exchange,
    family: options.family,
    presented: sent,
    outcome: options.outcome,
    ...(next === undefined ? {} : { successor: refreshToken(next.rt) }),
  });
  write(
    tape,
    place,
    {
      host: 'login',
      endpoint: 'token',
      method: 'POST',
      path: '/services/oauth2/token',
      query: [],
      headers: TOKEN_HEADERS,
      body: [plain('grant_type', 'refresh_token'), plain('client_id', '3MVG9sample'), hidden('refresh_token', sent)],
      bodyBytes: 168,
      browser: false,
      facts: {
        kind: 'token',
        grantType: 'refresh_token',
        auth: PUBLIC_CLIENT,
        code: null,
        verifier: null,
        refreshToken: { ...sent, family: options.family, generation: options.generation, head: options.head },
        redirect: 'absent',
        contentType: 'application/x-www-form-urlencoded',
        queryNames: [],
      },
    },
    next === undefined
      ? { status: 400, error: 'invalid_grant', errorDescription: 'expired access/refresh token' }
      : {
          status: 200,
          issued: {
            accessToken: accessToken(next.at),
            refreshToken: refreshToken(next.rt),
            family: options.family,
            generation: options.generation + 1,
          },
        },
  );
}
