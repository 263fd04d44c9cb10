import { describe, expect, test } from 'vitest';
import type { AuthorizationFacts, TokenFacts, VerifierFacts } from '../../src/history/facts.ts';
import type { Mode } from '../mock.ts';
import { judgeAuthorization, judgeToken } from './policy.ts';
import { readSwitches } from '../switches/switches.ts';

const secret = (length: number) => ({ label: 'X#1', fingerprint: '00000000', length });
const challenge = {
  ...secret(43),
  wellFormed: true,
  padded: false,
  standardBase64: false,
  hex: false,
  occurrences: 1,
};
const authorization: AuthorizationFacts = {
  kind: 'authorize',
  clientIdKnown: true,
  responseType: 'code',
  challenge,
  method: 'S256',
  state: null,
  nonce: null,
  scopes: ['api'],
  redirect: 'exact',
  leaked: [],
};
const verifier: VerifierFacts = {
  ...secret(43),
  unreserved: true,
  illegal: '',
  tilde: false,
  alphabet: 30,
  entropyBits: 200,
  uuid: false,
  timeLike: false,
  counterLike: false,
  commonPrefix: 0,
  commonSuffix: 0,
  matches: [1],
  equalsChallenge: false,
  exposedIn: [],
};
const exchange: TokenFacts = {
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
  code: null,
  verifier,
  refreshToken: null,
  redirect: 'same',
  contentType: 'application/x-www-form-urlencoded',
  queryNames: [],
};
const auth = (changes: Partial<TokenFacts['auth']>) => ({ ...exchange, auth: { ...exchange.auth, ...changes } });
const refresh: TokenFacts = { ...exchange, grantType: 'refresh_token', verifier: null };

const about = (mode: Mode, client: 'public' | 'confidential' = 'public', scope: string | null = null, given = {}) => ({
  app: { client },
  mode,
  switches: readSwitches(given),
  scope,
});

/** Every combination of what a client may do with its secret and verifier. */
const everyExchange = (['absent', 'empty', 'wrong', 'valid'] as const).flatMap((body) =>
  (['absent', 'empty', 'wrong', 'valid'] as const).flatMap((basic) =>
    (['absent', 'wrong', 'valid'] as const).flatMap((query) =>
      [null, verifier, { ...verifier, length: 42 }, { ...verifier, unreserved: false }].flatMap((sent) =>
        (['authorization_code', 'refresh_token', 'device'] as const).map((grantType): TokenFacts => ({
          ...auth({ body, basic, query }),
          verifier: sent,
          grantType,
        })),
      ),
    ),
  ),
);

describe('the ground of a refusal', () => {
  test.each(['public', 'confidential'] as const)(
    '%s: strict refuses a code exchange beyond the platform by a requirement alone, and nothing else',
    (client) => {
      const beyond = everyExchange.filter(
        (facts) =>
          judgeToken(facts, about('strict', client)) !== undefined &&
          judgeToken(facts, about('salesforce', client)) === undefined,
      );
      expect(beyond.length).toBeGreaterThan(0);
      for (const facts of beyond) {
        expect(facts.grantType).toBe('authorization_code');
        expect(judgeToken(facts, about('strict', client))?.ground).toMatch(/^SF-/);
      }
    },
  );

  test.each([
    ['response-type', { responseType: 'token' }, 'SF-PKCE-AUTHORIZE'],
    ['missing-challenge', { challenge: null }, 'SF-PKCE-AUTHORIZE'],
    ['challenge-method', { method: null }, 'SF-PKCE-AUTHORIZE'],
    ['malformed-challenge', { challenge: { ...challenge, wellFormed: false } }, 'SF-PKCE-CHALLENGE'],
    ['unknown-client', { clientIdKnown: false }, 'platform'],
    ['redirect-mismatch', { redirect: 'mismatch' }, 'platform'],
  ] as const)('of %s', (rule, changes, ground) => {
    expect(judgeAuthorization({ ...authorization, ...changes }, about('strict'))).toMatchObject({ rule, ground });
  });
});

describe('authorization', () => {
  const rows: [
    string,
    Partial<AuthorizationFacts>,
    strict: string | null,
    salesforce: string | null,
    observing: string | null,
  ][] = [
    ['all is well', {}, null, null, null],
    ['loopback port', { redirect: 'loopback-port' }, null, null, null],
    ['unknown client', { clientIdKnown: false }, 'unknown-client', 'unknown-client', 'unknown-client'],
    ['foreign redirect', { redirect: 'mismatch' }, 'redirect-mismatch', 'redirect-mismatch', 'redirect-mismatch'],
    ['no redirect', { redirect: 'absent' }, 'redirect-missing', 'redirect-missing', 'redirect-missing'],
    ['implicit', { responseType: 'token' }, 'response-type', null, 'response-type'],
    ['no such type', { responseType: 'magic' }, 'response-type', 'response-type', 'response-type'],
    ['no challenge', { challenge: null, method: null }, 'missing-challenge', 'missing-challenge', null],
    ['empty challenge', { challenge: { ...challenge, length: 0 } }, 'missing-challenge', 'missing-challenge', null],
    ['no method', { method: null }, 'challenge-method', null, null],
    ['plain', { method: 'plain' }, 'challenge-method', 'challenge-method', null],
    ['s256 in small letters', { method: 's256' }, 'challenge-method', 'challenge-method', null],
    [
      'hex challenge',
      { challenge: { ...challenge, wellFormed: false } },
      'malformed-challenge',
      'malformed-challenge',
      null,
    ],
    ['twice', { challenge: { ...challenge, occurrences: 2 } }, 'malformed-challenge', 'malformed-challenge', null],
  ];
  test.each(rows)('%s', (_name, changes, strict, salesforce, observing) => {
    const facts = { ...authorization, ...changes };
    expect(judgeAuthorization(facts, about('strict'))?.rule ?? null).toBe(strict);
    expect(judgeAuthorization(facts, about('salesforce'))?.rule ?? null).toBe(salesforce);
    expect(judgeAuthorization(facts, about('observing'))?.rule ?? null).toBe(observing);
  });

  test('only what concerns the app itself is never redirected', () => {
    const redirected = (changes: Partial<AuthorizationFacts>) =>
      judgeAuthorization({ ...authorization, ...changes }, about('strict'))?.redirect;
    expect(redirected({ challenge: null })).toBe(true);
    expect(redirected({ clientIdKnown: false })).toBe(false);
    expect(redirected({ redirect: 'mismatch' })).toBe(false);
  });

  test('a scope that Salesforce does not know', () => {
    const judge = (mode: Mode, scope: string) => judgeAuthorization(authorization, about(mode, 'public', scope))?.rule;
    expect(judge('strict', 'api offline_access refresh_token openid full')).toBeUndefined();
    expect(judge('strict', 'api everything')).toBe('unknown-scope');
    expect(judge('observing', 'api everything')).toBeUndefined();
  });
});

describe('token', () => {
  type Row = [string, 'public' | 'confidential', TokenFacts, strict: string | null, salesforce: string | null];
  const rows: Row[] = [
    ['public', 'public', exchange, null, null],
    ['public, right secret', 'public', auth({ body: 'valid' }), 'secret-from-public', null],
    ['public, wrong secret', 'public', auth({ body: 'wrong' }), 'secret-from-public', 'secret-from-public'],
    ['public, empty secret', 'public', auth({ body: 'empty' }), 'secret-from-public', null],
    ['public, secret in the query', 'public', auth({ query: 'valid' }), 'secret-from-public', null],
    ['public, Basic', 'public', auth({ basic: 'valid', authorizationScheme: 'basic' }), 'secret-from-public', null],
    [
      'public, Basic without a password',
      'public',
      auth({ basic: 'empty', authorizationScheme: 'basic' }),
      'secret-from-public',
      null,
    ],
    ['public, Basic that cannot be read', 'public', auth({ authorizationScheme: 'basic' }), 'secret-from-public', null],
    ['public, Bearer is no client authentication', 'public', auth({ authorizationScheme: 'bearer' }), null, null],
    [
      'public refresh, secret: the rule names the token exchange only',
      'public',
      { ...auth({ body: 'valid' }), grantType: 'refresh_token' },
      null,
      null,
    ],
    [
      'public refresh, wrong secret',
      'public',
      { ...auth({ body: 'wrong' }), grantType: 'refresh_token' },
      'secret-from-public',
      'secret-from-public',
    ],
    ['confidential', 'confidential', auth({ body: 'valid' }), null, null],
    ['confidential, Basic', 'confidential', auth({ basic: 'valid', authorizationScheme: 'basic' }), null, null],
    ['confidential, none', 'confidential', exchange, 'missing-secret', 'missing-secret'],
    ['confidential, empty', 'confidential', auth({ body: 'empty' }), 'missing-secret', 'missing-secret'],
    ['confidential, wrong', 'confidential', auth({ body: 'wrong' }), 'wrong-secret', 'wrong-secret'],
    ['confidential, body right, header wrong', 'confidential', auth({ body: 'valid', basic: 'wrong' }), null, null],
    [
      'confidential, body wrong, header right',
      'confidential',
      auth({ body: 'wrong', basic: 'valid' }),
      'wrong-secret',
      'wrong-secret',
    ],
    ['confidential, query only', 'confidential', auth({ query: 'valid' }), null, null],
    ['confidential, wrong in the query', 'confidential', auth({ query: 'wrong' }), 'wrong-secret', 'wrong-secret'],
    ['confidential refresh, none', 'confidential', refresh, 'missing-secret', 'missing-secret'],
    [
      'confidential, secret and no verifier',
      'confidential',
      { ...auth({ body: 'valid' }), verifier: null },
      'missing-verifier',
      'missing-verifier',
    ],
    ['no verifier', 'public', { ...exchange, verifier: null }, 'missing-verifier', 'missing-verifier'],
    ['42 characters', 'public', { ...exchange, verifier: { ...verifier, length: 42 } }, 'malformed-verifier', null],
    ['128 characters', 'public', { ...exchange, verifier: { ...verifier, length: 128 } }, null, null],
    ['171 characters', 'public', { ...exchange, verifier: { ...verifier, length: 171 } }, 'malformed-verifier', null],
    [
      'a plus sign',
      'public',
      { ...exchange, verifier: { ...verifier, unreserved: false } },
      'malformed-verifier',
      null,
    ],
    ['a tilde', 'public', { ...exchange, verifier: { ...verifier, tilde: true } }, null, null],
    ['unknown client', 'public', auth({ clientId: { in: 'none', known: false } }), 'unknown-client', 'unknown-client'],
    ['refresh', 'public', refresh, null, null],
  ];
  test.each(rows)('%s', (_name, client, facts, strict, salesforce) => {
    expect(judgeToken(facts, about('strict', client))?.rule ?? null).toBe(strict);
    expect(judgeToken(facts, about('salesforce', client))?.rule ?? null).toBe(salesforce);
    if (facts.auth.clientId.known) expect(judgeToken(facts, about('observing', client))).toBeUndefined();
  });

  test('scope on a refresh', () => {
    const judge = (mode: Mode, facts: TokenFacts) => judgeToken(facts, about(mode, 'public', 'api'));
    expect(judge('strict', refresh)).toMatchObject({
      status: 400,
      error: 'invalid_request',
      errorDescription: 'scope parameter not supported',
    });
    expect(judge('salesforce', refresh)?.rule).toBe('scope-on-refresh');
    expect(judge('observing', refresh)).toBeUndefined();
    expect(judge('strict', exchange)).toBeUndefined();
  });

  test('switches', () => {
    const tilde = { ...exchange, verifier: { ...verifier, tilde: true } };
    expect(judgeToken(tilde, about('strict', 'public', null, { refuseTilde: true }))?.rule).toBe('tilde-in-verifier');
    const status = (given: object) =>
      judgeToken(auth({ body: 'valid' }), about('strict', 'public', null, given))?.status;
    expect(status({})).toBe(400);
    expect(status({ invalidClientStatus: 401 })).toBe(401);
  });
});
