import { describe, expect, test } from 'vitest';
import type { Check, Finding } from '../../src/grade/check.ts';
import { createTape, secret, type ExchangeParts, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import certificateChecked from './certificate-checked.check.ts';
import headerOnly from './header-only.check.ts';
import atHome from './refresh-token-at-home.check.ts';
import revokeByPost from './revoke-by-post.check.ts';

function judged(check: Check, write: (tape: Tape) => void): Finding | undefined {
  const tape = createTape('login');
  write(tape);
  return check.judge(tape.history(), runFacts());
}

const accessToken = { ...secret('AT#1'), family: 'F#1', generation: 0, newest: true, alive: true };

describe('HYG-01', () => {
  test.each(['query', 'body'] as const)('an access token in the %s fails, one in the header does not', (tokenIn) => {
    const finding = judged(headerOnly, (tape) => {
      tape.resource({ accessToken });
      tape.resource({ accessToken, tokenIn });
    });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [4] });
    expect(judged(headerOnly, (tape) => tape.resource({ accessToken }))?.verdict).toBe('pass');
  });

  test('calls without a token are not its matter', () => {
    expect(judged(headerOnly, (tape) => tape.resource({ tokenIn: 'none' }))).toBeUndefined();
    const finding = judged(headerOnly, (tape) => {
      tape.resource({ tokenIn: 'none' });
      tape.resource({ accessToken });
    });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [4] });
  });
});

describe('HYG-02', () => {
  const elsewhere = (request: ExchangeParts['request'], leaked?: readonly string[]): string | undefined =>
    judged(atHome, (tape) => {
      const parts = leaked === undefined ? {} : { facts: { kind: 'other', leaked } as const };
      tape.resource({}, { request: { ...request, ...parts } });
    })?.verdict;
  const token = { name: 'x', value: 'RT#1', secret: secret('RT#1') };

  test.each<[string, ExchangeParts['request']]>([
    ['the query', { query: [token] }],
    ['the form', { body: [token] }],
    ['a text within a header', { headers: [{ name: 'cookie', value: 'a=b; tokens=RT#1|AT#1' }] }],
    ['the name of a parameter', { query: [{ name: 'RT#1', value: '' }] }],
    ['the path', { path: '/services/data/RT#1' }],
  ])('a refresh token in %s of an API call fails', (_, request) => {
    expect(elsewhere(request)).toBe('fail');
  });

  test('what the recorder found in an unknown request counts too', () => {
    expect(elsewhere({ endpoint: 'other' }, ['RT#1'])).toBe('fail');
    expect(elsewhere({ endpoint: 'other' }, ['AT#1'])).toBe('pass');
  });

  test('an access token may go there, and a refresh token to be revoked or asked about', () => {
    expect(elsewhere({ headers: [{ name: 'authorization', value: 'Bearer AT#1' }] })).toBe('pass');
    for (const endpoint of ['token', 'revoke', 'introspect'] as const) {
      expect(elsewhere({ endpoint, body: [token] })).toBeUndefined();
    }
  });
});

describe('HYG-07', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined =>
    judged(certificateChecked, (tape) => {
      tape.resource({}, { request: { host: 'other' } });
      tape.phase('untrusted');
      write(tape);
    });
  const connected = (tape: Tape): number => tape.add({ kind: 'control', action: 'untrusted-connection' });
  const other = { host: 'other' } as const;

  test('a client that breaks off passes; one that never came was not exercised', () => {
    expect(judge(connected)).toMatchObject({ verdict: 'pass', evidence: [5] });
    expect(judge((tape) => tape.add({ kind: 'control', action: 'expire-access-tokens' }))).toBeUndefined();
  });

  test.each<[string, (tape: Tape) => number, string]>([
    ['its access token', (tape) => tape.resource({ accessToken }, { request: other }), 'AT#1'],
    ['a call without a token', (tape) => tape.resource({}, { request: other }), 'a request'],
    [
      'something unknown',
      (tape) => tape.resource({}, { request: { ...other, facts: { kind: 'other', leaked: [] } } }),
      'a request',
    ],
  ])('a client that sends %s there fails', (_, send, what) => {
    const finding = judge((tape) => {
      connected(tape);
      tape.resource();
      send(tape);
    });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [8, 5] });
    expect(finding?.message).toContain(`sent ${what} to`);
  });
});

describe('HYG-08', () => {
  const revoke = (tape: Tape, method: string, tokenIn: 'body' | 'query' | 'none'): number =>
    tape.resource({}, { request: { method, facts: { kind: 'revoke', refreshToken: null, accessToken, tokenIn } } });

  test.each([
    ['POST', 'body', 'pass'],
    ['POST', 'query', 'fail'],
    ['GET', 'query', 'fail'],
    ['GET', 'body', 'fail'],
    ['POST', 'none', undefined],
  ] as const)('a %s with the token in the %s', (method, tokenIn, verdict) => {
    expect(judged(revokeByPost, (tape) => revoke(tape, method, tokenIn))?.verdict).toBe(verdict);
  });

  test('a revocation that names no token hides none that does', () => {
    const finding = judged(revokeByPost, (tape) => {
      revoke(tape, 'POST', 'none');
      revoke(tape, 'GET', 'query');
    });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [4] });
    const clean = judged(revokeByPost, (tape) => {
      revoke(tape, 'POST', 'none');
      revoke(tape, 'POST', 'body');
    });
    expect(clean).toMatchObject({ verdict: 'pass', evidence: [4] });
  });
});
