import { expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import responseType from './response-type.check.ts';
import redirectRegistered from './redirect-registered.check.ts';
import stateFresh from './state-fresh.check.ts';
import scope from './scope.check.ts';
import nativeApp from './native-app.check.ts';
import nothingSecret from './nothing-secret-in-url.check.ts';

const CHECKS = [responseType, redirectRegistered, stateFresh, scope, nativeApp, nothingSecret];

function judged(check: (typeof CHECKS)[number], write: (tape: Tape) => void, facts = runFacts()): Finding | undefined {
  const tape = createTape('login');
  write(tape);
  return check.judge(tape.history(), facts);
}

test.each(CHECKS)('$id passes honest logins, and says nothing where there was none', (check) => {
  const honest = judged(check, (tape) => {
    for (let n = 0; n < 3; n += 1) tape.login();
  });
  expect(honest?.verdict).toBe('pass');
  expect(honest?.evidence.length).toBeGreaterThan(0);
  expect(judged(check, () => undefined)).toBeUndefined();
});

test.each([
  ['token', 'fail'],
  ['code token', 'fail'],
  [null, 'fail'],
  ['code', 'pass'],
])('AZ-01: response_type %s is %s', (value, verdict) => {
  expect(judged(responseType, (tape) => tape.authorize({ responseType: value }))?.verdict).toBe(verdict);
});

test.each([
  ['exact', 'pass'],
  ['loopback-port', 'pass'],
  ['mismatch', 'fail'],
  ['absent', 'fail'],
] as const)('AZ-02: a redirect_uri that is %s is %s', (redirect, verdict) => {
  expect(judged(redirectRegistered, (tape) => tape.authorize({ redirect }))?.verdict).toBe(verdict);
});

test('AZ-03 warns when PKCE replaces the state, fails when nothing does', () => {
  expect(judged(stateFresh, (tape) => tape.authorize({ state: null }))?.verdict).toBe('warn');
  expect(judged(stateFresh, (tape) => tape.authorize({ state: null, challenge: null }))?.verdict).toBe('fail');
});

test('AZ-03 fails a state that is used again or that can be guessed', () => {
  const again = judged(stateFresh, (tape) => {
    const state = { ...secret('STATE#1', 32), entropyBits: 140 };
    tape.authorize({ state });
    tape.authorize({ state });
  });
  expect(again).toMatchObject({ verdict: 'fail', evidence: [2, 4] });
  const short = { ...secret('STATE#1', 11), entropyBits: 34 };
  expect(judged(stateFresh, (tape) => tape.authorize({ state: short }))?.verdict).toBe('fail');
});

test('AZ-03: an empty state is none, and one of 64 bits by estimate may have been drawn from 128', () => {
  const state = (length: number, entropyBits: number) => ({ ...secret('STATE#1', length), entropyBits });
  const empty = judged(stateFresh, (tape) => tape.authorize({ state: state(0, 0) }));
  expect(empty).toMatchObject({ verdict: 'warn', evidence: [2] });
  const alone = judged(stateFresh, (tape) => tape.authorize({ state: state(0, 0), challenge: null }));
  expect(alone).toMatchObject({ verdict: 'fail', evidence: [2] });
  const verdict = (bits: number) => judged(stateFresh, (tape) => tape.authorize({ state: state(22, bits) }))?.verdict;
  expect([verdict(63.9), verdict(64)]).toEqual(['fail', 'pass']);
});

test('AZ-01 distinguishes the implicit flow from other mistakes', () => {
  const why = (value: string | null) => judged(responseType, (tape) => tape.authorize({ responseType: value }));
  expect(why('code token')?.diagnosis).toContain('implicit');
  expect(why('id_token')).toMatchObject({ verdict: 'fail', evidence: [2] });
  expect(why('id_token')?.diagnosis).toBeUndefined();
  expect(why(null)?.diagnosis).toBeUndefined();
});

test('AZ-02 says which redirect_uri was sent, which are registered, or that there was none', () => {
  const app = runFacts({ redirectUris: ['http://127.0.0.1/cb', 'com.example.app:/cb'] });
  const said = (redirect: 'mismatch' | 'absent', query: readonly { name: string; value: string }[]) =>
    judged(redirectRegistered, (tape) => tape.authorize({ redirect }, { request: { query } }), app)?.message ?? '';
  const sent = said('mismatch', [{ name: 'redirect_uri', value: 'http://127.0.0.1/other' }]);
  expect(sent).toContain('was http://127.0.0.1/other; one of http://127.0.0.1/cb, com.example.app:/cb was');
  expect(said('absent', [{ name: 'response_type', value: 'code' }])).toContain('carried no redirect_uri');
});

test.each([
  [['api', 'refresh_token'], 'pass'],
  [['api', 'offline_access'], 'pass'],
  [['api'], 'fail'],
  [['full', 'refresh_token'], 'warn'],
  [['full'], 'fail'],
  [[], 'warn'],
])('AZ-09: the scope %j is %s', (scopes, verdict) => {
  expect(judged(scope, (tape) => tape.authorize({ scopes }))?.verdict).toBe(verdict);
});

test('AZ-09 names the request whose scope was wrong', () => {
  const finding = judged(scope, (tape) => {
    tape.authorize();
    tape.authorize({ scopes: ['api'] });
  });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [4] });
});

test.each([
  ['http://localhost:1717/cb', 'fail'],
  ['http://LOCALHOST/cb', 'fail'],
  ['http://app.localhost:3000/cb', 'fail'],
  ['http://localhost', 'fail'],
  ['com.example.app:/http://localhost/cb', 'pass'],
  ['http://127.0.0.1:1717/localhost', 'pass'],
  ['http://[::1]:1717/cb', 'pass'],
  ['com.example.app:/localhost', 'pass'],
  ['https://acme.example.com/localhost', 'skip'],
])('AZ-10: a native app that comes back to %s is %s', (value, verdict) => {
  const finding = judged(nativeApp, (tape) =>
    tape.authorize({}, { request: { query: [{ name: 'redirect_uri', value }] } }),
  );
  expect(finding?.verdict).toBe(verdict);
});

test('AZ-10 judges what is known: a request without a redirect_uri names no localhost', () => {
  const asked = (...uris: readonly (string | undefined)[]): Finding | undefined =>
    judged(nativeApp, (tape) => {
      for (const value of uris) {
        tape.authorize(
          {},
          {
            request: {
              query: [
                { name: 'response_type', value: 'code' },
                ...(value === undefined ? [] : [{ name: 'redirect_uri', value }]),
              ],
            },
          },
        );
      }
    });
  expect(asked(undefined)?.verdict).toBe('pass');
  expect(asked(undefined, 'http://localhost/cb')).toMatchObject({ verdict: 'fail', evidence: [4] });
  expect(asked('https://acme.example.com/cb', undefined)).toMatchObject({ verdict: 'skip', evidence: [2] });
  expect(asked('https://acme.example.com/cb', 'http://127.0.0.1/cb')?.verdict).toBe('pass');
});

test('AZ-10 fails a client that fetches the login page itself', () => {
  const finding = judged(nativeApp, (tape) => tape.authorize({}, { request: { browser: false } }));
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [2] });
});

test('AZ-10 is about native apps only', () => {
  expect(nativeApp.skip?.(runFacts())).toBeUndefined();
  expect(nativeApp.skip?.(runFacts({ client: 'confidential' }))).toBeDefined();
  for (const driver of ['http', 'browser']) expect(nativeApp.skip?.(runFacts({}, driver))).toContain('web application');
});

test('AZ-11 fails when the recorder found a secret in the URL', () => {
  const finding = judged(nothingSecret, (tape) => tape.authorize({ leaked: ['code_verifier'] }));
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [2] });
});
