import { describe, expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { afterSuccess, overlapping, byRefreshToken, reuseInTurn, mostAtOnce } from './contention.ts';
import { issues, sends, refreshes, refused } from './concurrent-calls.test-support.ts';

const of = (write: (tape: Tape) => void) => {
  const tape = createTape('herd');
  write(tape);
  return tape.history().refreshes;
};

test('refreshes are grouped by the token that they sent; one without a token is left out', () => {
  const found = byRefreshToken(
    of((tape) => {
      refreshes(tape, 0);
      refreshes(tape, 1);
      refreshes(tape, 0, refused, { token: null });
      refreshes(tape, 0, refused);
    }),
  );
  expect(found.map((group) => group.map(({ facts }) => facts.refreshToken?.label))).toEqual([
    ['RT#0', 'RT#0'],
    ['RT#1'],
  ]);
});

describe('two uses overlap', () => {
  const pair = (write: (tape: Tape) => void) => overlapping(of(write))?.map(({ exchange }) => exchange);

  test('while the first is open; the first of such pairs is returned', () => {
    const three = (tape: Tape): void => {
      refreshes(tape, 0);
      const two = sends(tape, 0);
      sends(tape, 0);
      two.answer();
    };
    expect(pair(three)).toEqual([2, 3]);
  });

  test('for as long as the first is never answered, and also when others lie between', () => {
    const late = (tape: Tape): void => {
      sends(tape, 0);
      sends(tape, 0).answer(refused);
    };
    expect(pair(late)).toEqual([1, 2]);
  });

  test('not when the second begins in the moment in which the first has ended', () => {
    const ended = (begunAt: (endedAt: number) => number) => (tape: Tape) => {
      const { answer } = sends(tape, 0);
      answer();
      const endedAt = tape.history().events.at(-1)?.t ?? 0;
      sends(tape, 0, { request: { begunAt: begunAt(endedAt) } });
    };
    expect(pair(ended((at) => at))).toBeUndefined();
    expect(pair(ended((at) => at - 1))).toEqual([1, 2]);
  });
});

describe('a use comes after success', () => {
  const pairs = (write: (tape: Tape) => void) =>
    afterSuccess(of(write)).map((both) => both.map(({ exchange }) => exchange));

  test('when it begins once the successor has been delivered', () => {
    const again = (tape: Tape): void => {
      refreshes(tape, 0);
      refreshes(tape, 0, refused);
      refreshes(tape, 0, refused);
    };
    expect(pairs(again)).toEqual([
      [1, 2],
      [1, 3],
    ]);
  });

  test.each<[string, Parameters<typeof refreshes>[2]]>([
    ['refused', refused],
    ['answered without a new refresh token', { issued: { family: 'F#1' } }],
    ['answered without anything', {}],
    ['lost on its way', { ...issues(1), delivered: 'cut' }],
  ])('not when the one before was %s', (_, response) => {
    const again = (tape: Tape): void => {
      refreshes(tape, 0, response);
      refreshes(tape, 0);
    };
    expect(pairs(again)).toEqual([]);
  });

  test('not when it arrived before the one that was answered so, whatever its first byte says', () => {
    const late = (tape: Tape): void => {
      sends(tape, 0, { request: { begunAt: 10_000 } });
      refreshes(tape, 0);
    };
    expect(pairs(late)).toEqual([]);
  });

  test('not while the one before is open', () => {
    const open = (tape: Tape): void => {
      sends(tape, 0);
      refreshes(tape, 0);
    };
    expect(pairs(open)).toEqual([]);
  });

  test('not when it began before that, though in the same moment it does', () => {
    const begun = (by: number) => (tape: Tape) => {
      refreshes(tape, 0);
      const endedAt = tape.history().events.at(-1)?.t ?? 0;
      sends(tape, 0, { request: { begunAt: endedAt - by } });
    };
    expect([pairs(begun(1)), pairs(begun(0))]).toEqual([[], [[1, 2]]]);
  });
});

test('the most at once are those that were open at one moment', () => {
  const group = of((tape) => {
    refreshes(tape, 0);
    const first = sends(tape, 0);
    const second = sends(tape, 0);
    first.answer();
    sends(tape, 0);
    second.answer();
  });
  expect(mostAtOnce(group)).toHaveLength(2);
  expect(mostAtOnce(group)[0]).toBe(group[1]);
  expect(mostAtOnce(group.slice(0, 1))).toHaveLength(1);
  expect(mostAtOnce([])).toEqual([]);
});

test('names the token that was sent several times in turn, and how often; overlapping requests do not count', () => {
  const inTurn = of((tape) => {
    refreshes(tape, 0, issues(1));
    refreshes(tape, 0, refused);
  });
  expect(reuseInTurn(inTurn)).toContain('RT#0 was sent 2 times, one after the other');
  const atOnce = of((tape) => {
    const first = sends(tape, 0);
    refreshes(tape, 0, refused);
    first.answer();
  });
  expect(reuseInTurn(atOnce)).toBeUndefined();
  const both = of((tape) => {
    const first = sends(tape, 0);
    refreshes(tape, 0, refused);
    first.answer(issues(1));
    refreshes(tape, 0, refused);
  });
  expect(reuseInTurn(both)).toBeUndefined();
});
