import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { AuthorizationFacts, ChallengeFacts } from '../../src/history/facts.ts';
import { createTape, secret } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import challengePresent from './challenge-present.check.ts';
import challengeShape from './challenge-shape.check.ts';
import methodS256 from './method-s256.check.ts';

/** What is said of logins with such authorization requests, as events 2, 4 … */
const judge = (check: typeof methodS256, ...requests: readonly Partial<AuthorizationFacts>[]): Finding | undefined => {
  const tape = createTape('logins');
  for (const facts of requests) tape.authorize(facts);
  return check.judge(tape.history(), runFacts());
};

const challenge = (facts: Partial<ChallengeFacts> = {}): Partial<AuthorizationFacts> => ({
  challenge: {
    ...secret('CHALLENGE#1'),
    wellFormed: true,
    padded: false,
    standardBase64: false,
    hex: false,
    occurrences: 1,
    ...facts,
  },
});
const none = { challenge: null, method: null };

test.each([challengePresent, challengeShape, methodS256])('$id says nothing where no login was begun', (check) => {
  expect(judge(check)).toBeUndefined();
});

test.each([challengePresent, challengeShape, methodS256])('$id rests on every login that passes', (check) => {
  expect(judge(check, {}, {})).toMatchObject({ verdict: 'pass', evidence: [2, 4] });
});

describe('PKCE-01', () => {
  test('one login without a challenge fails, wherever it comes', () => {
    expect(judge(challengePresent, {}, none)).toMatchObject({ verdict: 'fail', evidence: [4] });
  });

  test('a challenge that is in the request twice fails', () => {
    expect(judge(challengePresent, {}, challenge({ occurrences: 2 }))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('2 times') as string,
      evidence: [4],
    });
  });
});

describe('PKCE-02', () => {
  test.each([
    [null, 'absent', 'parameter is missing'],
    ['s256', '"s256"', 'case-sensitive'],
    ['plain', '"plain"', 'supports S256 only'],
    ['', '""', 'supports S256 only'],
  ])('the method %j fails, and the diagnosis says why', (method, seen, why) => {
    expect(judge(methodS256, {}, { method })).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(`was ${seen};`) as string,
      diagnosis: expect.stringContaining(why) as string,
      evidence: [4],
    });
  });
});

describe('PKCE-03', () => {
  const padded = { padded: true };
  const standardBase64 = { standardBase64: true };

  test.each<[string, Partial<ChallengeFacts>, string, string]>([
    [
      'hexadecimal digits',
      { length: 64, hex: true },
      '64 characters, all of them hexadecimal',
      'in hexadecimal digits;',
    ],
    ['padding', { length: 44, ...padded }, '44 characters, among them "="', 'The padding'],
    ['standard base64', standardBase64, '43 characters, among them "+" or "/"', 'standard base64 ("+", "/")'],
    ['both', { ...padded, ...standardBase64 }, ', among them "=" and "+" or "/"', 'standard base64 with padding'],
    ['another length', { length: 22 }, '22 characters; 43', 'not the base64url of a SHA-256'],
  ])('%s: fails, with what was seen and why', (_, facts, seen, why) => {
    expect(judge(challengeShape, {}, challenge({ wellFormed: false, ...facts }))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(seen) as string,
      diagnosis: expect.stringContaining(why) as string,
      evidence: [4],
    });
  });

  test('a login without a challenge is PKCE-01’s', () => {
    expect(judge(challengeShape, none)).toBeUndefined();
    expect(judge(challengeShape, none, {})).toMatchObject({ verdict: 'pass', evidence: [4] });
  });
});
