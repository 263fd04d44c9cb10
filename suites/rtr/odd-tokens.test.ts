import { describe, expect, test } from 'vitest';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import type { Tape } from '../../test-kit/tape.ts';
import opaque from './opaque-tokens.check.ts';
import { giving, judge, old, refresh, refused, token, use } from './rotation.test-support.ts';

describe('RTR-12', () => {
  const odd =
    (...tokens: readonly [given: number, next: SentRefreshToken | null][]) =>
    (tape: Tape) => {
      refresh(tape, token(1), giving(2, tokens[0]?.[0]));
      tokens.forEach(([, next], index) => {
        refresh(tape, next, giving(index + 3, tokens[index + 1]?.[0]));
      });
    };
  const sent = (length: number, head = false): SentRefreshToken =>
    token(2, { length, head, family: head ? 'F#1' : null });

  test('five refreshes with the newest token pass; fewer leave it open', () => {
    const four = [1, 87, 2_000, 87].map((length): [number, SentRefreshToken] => [length, sent(length, true)]);
    expect(judge(opaque, odd(...four))).toMatchObject({ verdict: 'pass', evidence: [2, 4, 6, 8, 10] });
    expect(judge(opaque, odd(...four.slice(1)))).toMatchObject({ verdict: 'inconclusive', evidence: [2, 4, 6, 8] });
  });

  test('a token that came back shorter was cut; one that came back longer, or not at all, was not', () => {
    expect(judge(opaque, odd([1, sent(1, true)], [2_000, sent(255)]))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('of 2000 characters was issued') as string,
      diagnosis: expect.stringContaining('truncated') as string,
      evidence: [6, 4],
    });
    const longer = judge(opaque, odd([87, sent(87)], [1, sent(87, true)]));
    expect(longer).toMatchObject({ verdict: 'fail', evidence: [4, 2] });
    expect(longer?.diagnosis).toBeUndefined();
    expect(judge(opaque, odd([87, null]))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('0 characters') as string,
    });
  });

  test('an older token that was issued was not cut: the newer one was not stored', () => {
    const older = judge(opaque, odd([1, sent(1, true)], [2_000, token(2, { length: 1, head: false })]));
    expect(older).toMatchObject({
      verdict: 'fail',
      diagnosis: 'The store did not accept a token of that length, and an older one stayed in its place.',
      broken: expect.arrayContaining(['chain-kept']) as string[],
    });
  });

  test('a short token is no cut one where one as long came back whole: its characters broke the form', () => {
    const unencoded = judge(opaque, odd([87, sent(87, true)], [2_000, sent(2_000, true)], [87, sent(34)]));
    expect(unencoded).toMatchObject({
      verdict: 'fail',
      diagnosis: expect.stringContaining('encode') as string,
      evidence: [8, 6],
    });
    expect(unencoded).not.toMatchObject({ diagnosis: expect.stringContaining('store') as string });
  });

  test('a token that was wrong before any was given is no sign of cutting', () => {
    const course = (tape: Tape): void => {
      refresh(tape, sent(10), refused);
      refresh(tape, token(1));
    };
    const finding = judge(opaque, course);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [2] });
    expect(finding?.diagnosis).toBeUndefined();
  });

  test('one refresh, or none that succeeded, says nothing', () => {
    expect(judge(opaque, (tape) => refresh(tape, old(1)))).toBeUndefined();
    expect(judge(opaque, (tape) => [refresh(tape, token(1)), refresh(tape, old(1))])?.diagnosis).toBeUndefined();
    expect(judge(opaque, (tape) => [refresh(tape, old(1), refused), refresh(tape, old(1), refused)])).toBeUndefined();
  });

  /** A call in which a token is given, and what comes of it. */
  const within =
    (result: 'ok' | 'failed' | undefined, more: (tape: Tape) => void = () => undefined) =>
    (tape: Tape) => {
      refresh(tape, token(1), giving(2));
      tape.action('status')();
      const end = tape.action('call');
      refresh(tape, token(2), giving(3, 2_000));
      more(tape);
      if (result !== undefined) end({ result });
    };

  test('a call that ends at the token that it was given fails, whatever else it asks for', () => {
    const stuck = {
      verdict: 'fail',
      message: expect.stringContaining('of 2000 characters was not accepted: its call failed') as string,
      diagnosis: expect.stringContaining('does not support') as string,
    };
    expect(judge(opaque, within('failed'))).toMatchObject({ ...stuck, evidence: [7, 9] });
    expect(
      judge(
        opaque,
        within('failed', (tape) => use(tape, 2, 401)),
      ),
    ).toMatchObject({ ...stuck, evidence: [7, 11] });
    const without = within('failed', (tape) => tape.resource());
    expect(judge(opaque, without)).toMatchObject({ ...stuck, evidence: [7, 11] });
  });

  test.each<[string, ReturnType<typeof within>]>([
    ['uses what came with it', within('failed', (tape) => use(tape, 3))],
    ['refreshes again', within('failed', (tape) => refresh(tape, token(3), refused))],
    ['answers its call', within('ok')],
    ['never ends it', within(undefined)],
    [
      'was given no refresh token last',
      (tape) => {
        within('failed', (after) => refresh(after, token(3)))(tape);
      },
    ],
    [
      'refreshes by itself, after its call had failed',
      (tape) => {
        tape.action('call')({ result: 'failed' });
        refresh(tape, token(1), giving(2));
        refresh(tape, token(2), giving(3));
      },
    ],
    [
      'refreshes by itself, before it was asked for anything',
      (tape) => {
        refresh(tape, token(1), giving(2));
        refresh(tape, token(2), giving(3));
        tape.action('call')({ result: 'failed' });
      },
    ],
  ])('a client that %s has taken it, as far as can be seen', (_, write) => {
    expect(judge(opaque, write)?.verdict).toBe('inconclusive');
  });

  test('after five refreshes a call may fail', () => {
    const four = [1, 87, 2_000, 87].map((length): [number, SentRefreshToken] => [length, sent(length, true)]);
    const course = (tape: Tape): void => {
      const end = tape.action('call');
      odd(...four)(tape);
      end({ result: 'failed' });
    };
    expect(judge(opaque, course)?.verdict).toBe('pass');
  });
});
