import { describe, expect, test } from 'vitest';
import type { Check, Finding } from '../../src/grade/check.ts';
import type { ClientAuthenticationFacts, TokenFacts } from '../../src/history/facts.ts';
import { createTape, secret, verifierOf, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import basicEncoding from './basic-encoding.check.ts';
import confidentialBoth from './confidential-both.check.ts';
import refreshSecret from './confidential-secret-on-refresh.check.ts';
import confidentialSecret from './confidential-secret.check.ts';
import oneMechanism from './one-mechanism.check.ts';
import publicNoBasic from './public-no-basic.check.ts';
import refreshWithoutSecret from './public-no-secret-on-refresh.check.ts';
import publicNoSecret from './public-no-secret.check.ts';
import secretNotInUrl from './secret-not-in-url.check.ts';

type Auth = Partial<ClientAuthenticationFacts>;

const NONE: ClientAuthenticationFacts = {
  clientId: { in: 'body', known: true },
  body: 'absent',
  query: 'absent',
  basic: 'absent',
  authorizationScheme: null,
  assertion: false,
};
const BODY: Auth = { body: 'valid' };
const BASIC: Auth = { basic: 'valid', authorizationScheme: 'basic' };
const ASSERTION: Auth = { assertion: true };

const judge = (check: Check, write: (tape: Tape) => void): Finding | undefined => {
  const tape = createTape('login');
  write(tape);
  return check.judge(tape.history(), runFacts());
};
const refreshing: Partial<TokenFacts> = {
  grantType: 'refresh_token',
  code: null,
  verifier: null,
  refreshToken: { ...secret('RT#1', 87), family: 'F#1', generation: 0, head: true },
};

/** What a check says of logins that authenticate so, one after the other: verdict, message, and which of them it points at (from 1). */
function said(check: Check, auths: readonly Auth[], facts: Partial<TokenFacts> = {}) {
  const seqs: number[] = [];
  const finding = judge(check, (tape) => {
    for (const auth of auths) {
      tape.authorize();
      seqs.push(tape.token({ auth: { ...NONE, ...auth }, ...facts }));
    }
  });
  return finding && [finding.verdict, finding.message, finding.evidence.map((seq) => seqs.indexOf(seq) + 1)];
}
/** Likewise of refreshes. */
const ofRefreshes = (check: Check, auths: readonly Auth[]) => said(check, auths, refreshing);

test.each([
  basicEncoding,
  confidentialBoth,
  confidentialSecret,
  oneMechanism,
  publicNoBasic,
  publicNoSecret,
  secretNotInUrl,
])('$id says nothing where nothing was sent', (check) => {
  expect(judge(check, () => undefined)).toBeUndefined();
});

test.each([refreshSecret, refreshWithoutSecret])('$id says nothing of a login that was never refreshed', (check) => {
  expect(said(check, [{}, BODY])).toBeUndefined();
});

describe('public', () => {
  test('CA-01: client_secret is absent, not empty, neither in the body nor in the URL', () => {
    expect(said(publicNoSecret, [{}, {}])).toEqual([
      ...['pass', 'No client_secret was sent in 2 code exchanges.', [1, 2]],
    ]);
    expect(said(publicNoSecret, [{}, BODY])).toEqual([
      ...[
        'fail',
        'A code exchange of a public client carried client_secret in its body; the parameter must be absent.',
        [2],
      ],
    ]);
    expect(said(publicNoSecret, [{ query: 'wrong' }])).toEqual([
      ...[
        'fail',
        'A code exchange of a public client carried client_secret in its query; the parameter must be absent.',
        [1],
      ],
    ]);
    expect(said(publicNoSecret, [{ body: 'empty' }])?.[1]).toContain('in its body, with an empty value;');
    expect(said(publicNoSecret, [{ query: 'empty' }])?.[1]).toContain('in its query, with an empty value;');
    expect(said(publicNoSecret, [BASIC])?.[0]).toBe('pass');
  });

  test('CA-01 distinguishes an empty secret from a correct one', () => {
    const diagnosis = (auth: Auth) =>
      judge(publicNoSecret, (tape) => tape.token({ auth: { ...NONE, ...auth } }))?.diagnosis;
    expect(diagnosis({ body: 'empty' })).toContain('choose client authentication "none"');
    expect(diagnosis({ body: 'valid' })).toContain('Salesforce checks a secret that is sent although none is required');
  });

  test('CA-02: no refresh carries a secret, wherever', () => {
    expect(ofRefreshes(refreshWithoutSecret, [{}, {}])).toEqual([
      ...['pass', 'No client secret was sent in 2 refreshes.', [1, 2]],
    ]);
    for (const auth of [BODY, { query: 'valid' }, BASIC, { body: 'empty' }] as const) {
      expect(ofRefreshes(refreshWithoutSecret, [{}, auth])).toEqual([
        ...['fail', 'A refresh of a public client carried a client secret; none was expected.', [2]],
      ]);
    }
  });

  test('CA-03: no Basic, not even with an empty password; another scheme is another matter', () => {
    const none = 'No code exchange carried an Authorization: Basic header.';
    expect(said(publicNoBasic, [{}, { authorizationScheme: 'bearer' }])).toEqual(['pass', none, [1, 2]]);
    expect(said(publicNoBasic, [{}, { ...BASIC, basic: 'empty' }])).toEqual([
      ...[
        'fail',
        'A code exchange of a public client carried an Authorization: Basic header with an empty password; none was expected.',
      ],
      [2],
    ]);
    expect(said(publicNoBasic, [BASIC])?.[1]).toBe(
      'A code exchange of a public client carried an Authorization: Basic header; none was expected.',
    );
  });

  test('the checks of public clients are no business of confidential ones, and the other way round', () => {
    const [open, closed] = [runFacts(), runFacts({ client: 'confidential' })];
    for (const check of [publicNoSecret, refreshWithoutSecret, publicNoBasic]) {
      expect(check.skip?.(open)).toBeUndefined();
      expect(check.skip?.(closed)).toBe('The client is confidential: it has a secret to send.');
    }
    for (const check of [confidentialBoth, confidentialSecret, refreshSecret]) {
      expect(check.skip?.(closed)).toBeUndefined();
      expect(check.skip?.(open)).toBe('The client is public: it has no secret.');
    }
  });
});

describe('confidential', () => {
  const VALID = 'Each code exchange carried a valid client_secret.';

  test('CA-04: a valid secret, in the body; Basic alone is warned of', () => {
    expect(said(confidentialSecret, [BODY, { ...BODY, ...BASIC }])).toEqual(['pass', VALID, [1, 2]]);
    expect(said(confidentialSecret, [BODY, BASIC])).toEqual([
      'warn',
      expect.stringContaining('Authorization: Basic header only'),
      [2],
    ]);
  });

  test('CA-04 and CA-05: a secret in the URL alone is sent, and warned of', () => {
    const [finding, message] = said(confidentialSecret, [BODY, { query: 'valid' }]) ?? [];
    expect([finding, message]).toEqual(['warn', expect.stringContaining('in the URL only')]);
    expect(said(confidentialBoth, [{ query: 'valid' }])?.[0]).toBe('pass');
  });

  test.each([
    ['a wrong client secret', { body: 'wrong' }],
    ['a wrong client secret', { basic: 'wrong', authorizationScheme: 'basic' }],
    ['no client secret', {}],
    ['no client secret', { body: 'empty' }],
    ['a wrong client secret', { query: 'wrong' }],
  ] as const)('CA-04: names %s', (what, auth) => {
    expect(said(confidentialSecret, [BODY, auth])).toEqual([
      ...['fail', `A code exchange carried ${what}; a valid one was expected in the body.`, [2]],
    ]);
  });

  test('CA-04 and CA-05: an assertion is for a person to decide, unless another login had nothing at all', () => {
    for (const check of [confidentialSecret, confidentialBoth]) {
      expect(said(check, [BODY, ASSERTION])).toEqual(['review', expect.stringContaining('client assertion'), [2]]);
      expect(said(check, [ASSERTION, {}])).toEqual(['fail', expect.any(String), [2]]);
    }
  });

  test('CA-05: code_verifier and secret, both', () => {
    const both = 'Each code exchange carried a code_verifier and a valid secret.';
    const without = (what: string) => `A code exchange carried no ${what}; both were expected.`;
    expect(said(confidentialBoth, [BODY, BASIC])).toEqual(['pass', both, [1, 2]]);
    expect(said(confidentialBoth, [BODY, { body: 'wrong' }])).toEqual(['fail', without('valid client secret'), [2]]);
    expect(said(confidentialBoth, [BODY], { verifier: null })).toEqual(['fail', without('code_verifier'), [1]]);
    expect(said(confidentialBoth, [{}], { verifier: null })?.[1]).toBe(
      without('code_verifier and no valid client secret'),
    );
    expect(said(confidentialBoth, [ASSERTION], { verifier: null })?.[0]).toBe('fail');
  });

  test('CA-05: an empty code_verifier is none', () => {
    const finding = judge(confidentialBoth, (tape) => {
      const verifier = verifierOf(tape.authorize(), { length: 0 });
      tape.token({ auth: { ...NONE, ...BODY }, verifier });
    });
    expect(finding?.message).toContain('carried no code_verifier;');
  });

  test('CA-06: refreshes are authenticated, in any of the legal ways', () => {
    expect(ofRefreshes(refreshSecret, [BODY, BASIC, ASSERTION, { query: 'valid' }])).toEqual([
      ...['pass', 'Each of 4 refreshes was authenticated.', [1, 2, 3, 4]],
    ]);
    for (const auth of [{}, { body: 'wrong' }, { query: 'wrong' }] as const) {
      expect(ofRefreshes(refreshSecret, [BODY, auth])).toEqual([
        ...['fail', 'A refresh carried no valid client secret; one was expected.', [2]],
      ]);
    }
  });

  test('CA-09: the content of a Basic header is form-encoded', () => {
    const encoded: Auth = { ...BASIC, basicEncoding: 'encoded' };
    expect(said(basicEncoding, [encoded, { ...BASIC, basicEncoding: 'either' }])).toEqual([
      ...['pass', 'client_id and client_secret were form-encoded in the Basic header.', [1, 2]],
    ]);
    expect(said(basicEncoding, [encoded, { ...BASIC, basicEncoding: 'raw' }])).toEqual([
      ...['fail', 'The Basic header contained the secret without form-encoding; form-encoding was expected.', [2]],
    ]);
    expect(said(basicEncoding, [BODY, { authorizationScheme: 'bearer', basicEncoding: 'raw' }])).toEqual([
      ...['skip', 'The client does not use Basic.', []],
    ]);
    expect(basicEncoding.skip?.(runFacts())).toBe('The secret contains no character that has to be encoded.');
    const facts = runFacts();
    expect(basicEncoding.skip?.({ ...facts, begin: { ...facts.begin, secretNeedsEncoding: true } })).toBeUndefined();
  });
});

describe('all', () => {
  test('CA-07: one mechanism at a time', () => {
    const ONE = 'No token request used two authentication mechanisms.';
    expect(said(oneMechanism, [BODY, BASIC, {}])).toEqual(['pass', ONE, [1, 2, 3]]);
    expect(said(oneMechanism, [{ ...BODY, authorizationScheme: 'bearer' }])?.[0]).toBe('pass');
    for (const body of ['valid', 'wrong', 'empty'] as const) {
      expect(said(oneMechanism, [BODY, { ...BASIC, body }])).toEqual(['fail', expect.any(String), [2]]);
    }
  });

  test('CA-08: no secret in a URL, of either endpoint', () => {
    const at = (write: (tape: Tape) => void) => judge(secretNotInUrl, write);
    expect(at((tape) => tape.authorize())).toMatchObject({ verdict: 'pass', evidence: [2] });
    expect(at((tape) => tape.token())).toMatchObject({ verdict: 'pass', evidence: [2] });
    const both = at((tape) => {
      tape.authorize();
      tape.token();
    });
    expect(both).toMatchObject({ verdict: 'pass', evidence: [2, 4] });
    expect(
      at((tape) => {
        tape.authorize({ leaked: ['code_verifier'] });
        tape.authorize({ leaked: ['code_verifier', 'client_secret'] });
        tape.token();
      }),
    ).toMatchObject({
      verdict: 'fail',
      evidence: [4],
      message:
        'The URL of an authorization request contained client_secret; it belongs in the body of the token request.',
    });
    expect(
      at((tape) => {
        tape.authorize({ leaked: ['client_secret'] });
        tape.token({ auth: { ...NONE, query: 'empty' } });
      }),
    ).toMatchObject({
      verdict: 'fail',
      evidence: [4],
      message: 'The URL of a token request contained client_secret; it belongs in the body of the token request.',
    });
  });
});
