import { describe, expect, test } from 'vitest';
import type { Tape } from '../../test-kit/tape.ts';
import noLiterals from './no-literals.check.ts';
import nothingStale from './nothing-stale.check.ts';
import scopeAbsent from './scope-absent.check.ts';
import { judge, old, refresh, token } from './rotation.test-support.ts';

describe.each([noLiterals, nothingStale, scopeAbsent])('$id', (check) => {
  test('every refresh that is as it should be counts; without one there is nothing to say', () => {
    expect(judge(check, (tape) => [refresh(tape, token(1)), refresh(tape, old(1))])).toMatchObject({
      verdict: 'pass',
      evidence: [2, 4],
    });
    expect(judge(check, () => undefined)).toBeUndefined();
  });
});

test.each([
  ['no refresh_token', null, 'had no refresh_token'],
  ['an empty one', token(9, { literal: 'empty' }), 'had an empty refresh_token'],
  ['a leftover', token(9, { literal: 'undefined' }), 'sent the text "undefined"'],
])('RTR-17: a refresh with %s fails', (_, sent, message) => {
  const course = (tape: Tape): void => {
    refresh(tape, token(1));
    refresh(tape, sent);
  };
  expect(judge(noLiterals, course)).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining(message) as string,
    evidence: [4],
  });
});

const field = (name: string) => ({
  request: {
    body: [
      { name: 'grant_type', value: 'refresh_token' },
      { name, value: 'x' },
    ],
  },
});

test.each(['code', 'code_verifier', 'redirect_uri'])('RTR-16: a refresh that carries %s fails', (name) => {
  const course = (tape: Tape): void => {
    refresh(tape, token(1), field('client_id'));
    refresh(tape, token(2), field(name));
  };
  expect(judge(nothingStale, course)).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining(`carried ${name};`) as string,
    evidence: [4],
  });
});

test('RTR-15: scope in the body or in the query fails, other names do not', () => {
  const course = (second: (tape: Tape) => number) => (tape: Tape) => {
    refresh(tape, token(1), field('client_id'), { queryNames: ['format'] });
    second(tape);
  };
  expect(
    judge(
      scopeAbsent,
      course((tape) => refresh(tape, token(2), field('scope'))),
    ),
  ).toMatchObject({
    verdict: 'fail',
    evidence: [4],
  });
  const inQuery = course((tape) => refresh(tape, token(2), {}, { queryNames: ['scope'] }));
  expect(judge(scopeAbsent, inQuery)).toMatchObject({ verdict: 'fail', evidence: [4] });
  expect(
    judge(
      scopeAbsent,
      course((tape) => refresh(tape, token(2))),
    )?.verdict,
  ).toBe('pass');
});
