import { describe, expect, test } from 'vitest';
import type { Check, Finding } from '../../src/grade/check.ts';
import type { ClientAuthenticationFacts } from '../../src/history/facts.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import bodyOnly from './body-only.check.ts';
import codeOnce from './code-once.check.ts';
import extraParameters from './extra-parameters.check.ts';
import formPost from './form-post.check.ts';
import instanceUrl from './instance-url.check.ts';
import noProbing from './no-probing.check.ts';
import redirectRepeated from './redirect-repeated.check.ts';

function judged(check: Check, write: (tape: Tape) => void, scenario = 'login'): Finding | undefined {
  const tape = createTape(scenario);
  write(tape);
  return check.judge(tape.history(), runFacts());
}

const BASIC: ClientAuthenticationFacts = {
  clientId: { in: 'basic', known: true },
  body: 'absent',
  query: 'absent',
  basic: 'valid',
  authorizationScheme: 'basic',
  assertion: false,
};

test.each([formPost, redirectRepeated, codeOnce, bodyOnly, noProbing])(
  '$id passes honest logins, and says nothing where there was none',
  (check) => {
    const honest = judged(check, (tape) => {
      tape.login();
      tape.login();
    });
    expect(honest?.verdict).toBe('pass');
    expect(judged(check, () => undefined)).toBeUndefined();
  },
);

test.each([
  [{ method: 'GET' }, {}, 'fail'],
  [{}, { contentType: 'application/json', grantType: null, code: null, verifier: null }, 'fail'],
  [{}, { contentType: null }, 'fail'],
] as const)('CODE-01: a token request %j %j is %s', (request, facts, verdict) => {
  expect(judged(formPost, (tape) => tape.token(facts, { request }))?.verdict).toBe(verdict);
});

test('CODE-01 names the request that was no POST, though the one before it was', () => {
  const finding = judged(formPost, (tape) => {
    tape.login();
    tape.token({}, { request: { method: 'PUT' } });
  });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [9] });
});

test('CODE-01 leaves the question of a browser alone', () => {
  const finding = judged(formPost, (tape) => {
    tape.token({ contentType: null, code: null, grantType: null }, { request: { method: 'OPTIONS' } });
    tape.login();
  });
  expect(finding?.verdict).toBe('pass');
});

test.each(['different', 'absent'] as const)('CODE-02: a redirect_uri that is %s fails', (redirect) => {
  expect(judged(redirectRepeated, (tape) => tape.login({ token: { redirect } }))?.verdict).toBe('fail');
});

test('CODE-02 says nothing of a code that the mock never issued', () => {
  const finding = judged(redirectRepeated, (tape) =>
    tape.token({ redirect: 'different', code: { ...secret('CODE#9'), login: null, uses: 1 } }),
  );
  expect(finding).toBeUndefined();
  expect(judged(redirectRepeated, (tape) => tape.token({ redirect: 'absent', code: null }))).toBeUndefined();
});

describe('CODE-03', () => {
  test('a second use fails, also when it was refused', () => {
    const finding = judged(codeOnce, (tape) => {
      tape.login();
      tape.token({}, { response: { status: 400 } });
    });
    expect(finding?.verdict).toBe('fail');
  });

  test('a code whose answer never arrived may be sent again', () => {
    const finding = judged(codeOnce, (tape) => {
      tape.login({ exchange: { response: { delivered: 'aborted' } } });
      tape.token();
    });
    expect(finding?.verdict).toBe('pass');
  });

  test('a request without a code uses none, nor does one that is still under way', () => {
    for (const write of [
      (tape: Tape) => tape.token({ code: null }),
      (tape: Tape) => tape.token({}, { response: null }),
    ]) {
      const finding = judged(codeOnce, (tape) => {
        write(tape);
        write(tape);
      });
      expect(finding).toBeUndefined();
    }
  });

  test('probing for where credentials belong is CODE-10’s', () => {
    const write = (tape: Tape): void => {
      tape.login({ token: { auth: BASIC }, exchange: { response: { status: 400 } } });
      tape.token();
    };
    expect(judged(codeOnce, write)?.verdict).toBe('pass');
    expect(judged(noProbing, write)).toMatchObject({ verdict: 'fail' });
  });
});

describe('CODE-10', () => {
  test('a refresh token that is sent again in the same way is not its matter, one with moved credentials is', () => {
    const refreshToken = { ...secret('RT#1'), family: 'F#1', generation: 0, head: true };
    const refresh = { grantType: 'refresh_token', code: null, verifier: null, refreshToken };
    const twice = (auth?: ClientAuthenticationFacts) =>
      judged(noProbing, (tape) => {
        tape.token(refresh);
        tape.token(auth === undefined ? refresh : { ...refresh, auth });
      });
    expect(twice()?.verdict).toBe('pass');
    expect(twice(BASIC)?.verdict).toBe('fail');
  });

  test('credentials may move after a request without any code or token', () => {
    const nothing = { code: null, verifier: null };
    const finding = judged(noProbing, (tape) => {
      tape.token(nothing);
      tape.token({ ...nothing, auth: BASIC });
    });
    expect(finding).toBeUndefined();
  });

  test('it says which way they went, from the request before', () => {
    const BODY = { ...BASIC, basic: 'absent', authorizationScheme: null } as const;
    const went = (...places: readonly ClientAuthenticationFacts[]): Finding | undefined =>
      judged(noProbing, (tape) => {
        tape.authorize();
        for (const auth of places) tape.token({ auth });
      });
    expect(went(BASIC, BODY)?.message).toContain('from the header to the body');
    expect(went(BODY, BASIC)?.message).toContain('from the body to the header');
    expect(went(BODY, BODY, BASIC)).toMatchObject({ verdict: 'fail', evidence: [8, 6] });
    expect(went(BODY, BODY)).toMatchObject({ verdict: 'pass', evidence: [4, 6] });
  });

  test('different codes may be sent in different ways', () => {
    const finding = judged(noProbing, (tape) => {
      tape.login({ token: { auth: BASIC } });
      tape.login();
    });
    expect(finding?.verdict).toBe('pass');
  });
});

describe('CODE-06', () => {
  const judge = (parts: { readonly token?: boolean; readonly status?: number; readonly ok?: boolean }) =>
    judged(
      extraParameters,
      (tape) => {
        tape.login();
        tape.phase('extra');
        const end = tape.action('authorize');
        tape.authorize();
        tape.callback({ tampered: 'parameters-added' });
        if (parts.token ?? true) tape.token({}, { response: { status: parts.status ?? 200 } });
        end({ result: parts.ok === false ? 'failed' : 'ok' });
      },
      'callbacks',
    );

  test('a login that goes through passes', () => {
    expect(judge({})?.verdict).toBe('pass');
  });
  test('a login that stops at the callback or at the answer fails', () => {
    expect(judge({ token: false, ok: false })).toMatchObject({ verdict: 'fail', evidence: [13, 14] });
    expect(judge({ ok: false })).toMatchObject({ verdict: 'fail', evidence: [15, 16] });
  });
  test('a login to whose callback nothing was added says nothing', () => {
    const played: readonly ((tape: Tape) => void)[] = [
      () => undefined,
      (tape) => tape.action('authorize')({ result: 'failed' }),
      (tape) => {
        const end = tape.action('authorize');
        tape.authorize();
        tape.callback();
        end({ result: 'failed' });
      },
    ];
    for (const write of played) {
      const finding = judged(
        extraParameters,
        (tape) => {
          tape.login();
          tape.phase('extra');
          write(tape);
        },
        'callbacks',
      );
      expect(finding).toBeUndefined();
    }
  });
  test('nor does one whose token request is still under way', () => {
    const finding = judged(
      extraParameters,
      (tape) => {
        tape.phase('extra');
        const end = tape.action('authorize');
        tape.authorize();
        tape.callback({ tampered: 'parameters-added' });
        tape.token({}, { response: null });
        end({ result: 'timed-out' });
      },
      'callbacks',
    );
    expect(finding).toBeUndefined();
  });
  test('a code that the server refused says nothing', () => {
    expect(judge({ status: 400, ok: false })).toBeUndefined();
  });
});

test('CODE-08: an API call to the login host fails, userinfo does not', () => {
  expect(judged(instanceUrl, (tape) => tape.resource())?.verdict).toBe('pass');
  expect(judged(instanceUrl, (tape) => tape.resource({}, { request: { host: 'login' } }))?.verdict).toBe('fail');
  const onInstance = { host: 'instance', endpoint: 'userinfo' } as const;
  expect(judged(instanceUrl, (tape) => tape.resource({}, { request: onInstance }))?.verdict).toBe('pass');
  const userinfo = { host: 'login', endpoint: 'userinfo' } as const;
  expect(judged(instanceUrl, (tape) => tape.resource({}, { request: userinfo }))).toBeUndefined();
});

test.each([
  [[{ name: 'client_secret', value: 'SECRET', secret: secret('SECRET') }], 'fail'],
  [[{ name: 'code', value: 'CODE#1', secret: secret('CODE#1') }], 'fail'],
  [[{ name: 'x', value: 'RT#1', secret: secret('RT#1') }], 'fail'],
  [[{ name: 'format', value: 'json' }], 'pass'],
  [[{ name: 'code', value: '' }], 'pass'],
  [[{ name: 'client_id', value: '3MVG9' }], 'pass'],
  [[{ name: 'x', value: 'VALUE#1', secret: secret('VALUE#1') }], 'pass'],
])('CODE-09: %j in the URL of the token request is %s', (query, verdict) => {
  expect(judged(bodyOnly, (tape) => tape.token({}, { request: { query } }))?.verdict).toBe(verdict);
});
