import { expect, test } from 'vitest';
import type { Event } from '../../src/history/event.ts';
import { scenarioHistory } from '../../src/history/query.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import pkceRequired from './pkce-required.check.ts';
import rotationOn from './rotation-on.check.ts';

const facts = runFacts();
const withOrg = { ...facts, begin: { ...facts.begin, run: { ...facts.run, upstream: true as const } } };

/** A scenario of token exchanges, and of what the probe found. */
function scenario(
  exchanges: readonly { readonly asked: object; readonly answered: object }[],
  probes: readonly object[] = [],
) {
  const events = exchanges.flatMap(({ asked, answered }, exchange) => [
    { kind: 'request', exchange, browser: false, facts: { kind: 'token', verifier: null, ...asked } },
    { kind: 'response', exchange, delivered: 'complete', ...answered },
  ]);
  const all = [...events, ...probes.map((one) => ({ kind: 'probe', ...one }))];
  return scenarioHistory(
    'login',
    all.map((event, at) => ({ seq: at + 1, t: at, scenario: 'login', prev: '', ...event }) as unknown as Event),
  );
}

const REFRESH = { grantType: 'refresh_token', refreshToken: {} };
const CODE = { grantType: 'authorization_code', code: {} };
const rotated = { status: 200, issued: { refreshToken: { label: 'RT#2' } } };

test('both are skipped with the mock', () => {
  for (const { skip } of [rotationOn, pkceRequired]) {
    expect(skip?.(facts)).toMatch(/real org/);
    expect(skip?.(withOrg)).toBeUndefined();
  }
});

test('a refresh without a new refresh token shows that rotation is off, also after one that had one', () => {
  const judge = (...answered: readonly object[]) =>
    rotationOn.judge(scenario(answered.map((one) => ({ asked: REFRESH, answered: one }))), withOrg)?.verdict;
  expect(judge(rotated, rotated)).toBe('pass');
  expect(judge(rotated, { status: 200, issued: {} })).toBe('fail');
  expect(judge({ status: 400 })).toBeUndefined();
  expect(judge({ status: 200, issued: {}, fault: 'no-refresh-token' })).toBeUndefined();
});

test('a code that was exchanged without a verifier, or a probe that was let through, shows that PKCE is not required', () => {
  const judge = (...given: Parameters<typeof scenario>) => pkceRequired.judge(scenario(...given), withOrg)?.verdict;
  expect(judge([{ asked: CODE, answered: rotated }])).toBe('fail');
  expect(judge([{ asked: CODE, answered: { status: 400 } }])).toBeUndefined();
  expect(judge([{ asked: { ...CODE, verifier: {} }, answered: rotated }])).toBeUndefined();
  expect(judge([], [{ question: 'no-challenge', result: 'not-refused' }])).toBe('fail');
  expect(
    judge(
      [],
      [
        { question: 'no-challenge', result: 'refused' },
        { question: 'plain', result: 'unknown' },
      ],
    ),
  ).toBe('pass');
  expect(judge([], [{ question: 'no-challenge', result: 'unknown' }])).toBeUndefined();
});
