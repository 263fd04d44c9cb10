import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { measureChallenge } from './challenge.ts';

const digest = (encoding: 'hex' | 'base64' | 'base64url') => createHash('sha256').update('5').digest(encoding);
const secret = { label: 'CHALLENGE#1', fingerprint: '00000000', length: 43 };
const nothing = { wellFormed: false, padded: false, standardBase64: false, hex: false };

test.each([
  [digest('base64url'), { ...nothing, wellFormed: true }],
  [digest('base64'), { ...nothing, padded: true, standardBase64: /[+/]/.test(digest('base64')) }],
  ['+/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', { ...nothing, standardBase64: true }],
  ['a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', { ...nothing, standardBase64: true }],
  [digest('hex'), { ...nothing, hex: true }],
  [digest('hex').toUpperCase(), { ...nothing, hex: true }],
  ['short', nothing],
  ['', nothing],
])('%s', (challenge, expected) => {
  expect(measureChallenge(challenge, secret, 1, undefined)).toEqual({ ...secret, ...expected, occurrences: 1 });
});

test('occurrences and an earlier request with the same', () => {
  expect(measureChallenge('x', secret, 2, 12)).toMatchObject({ occurrences: 2, seenBefore: 12 });
});
