import { describe, expect, it } from 'vitest';
import { createConcurrency, type Concurrency } from './concurrency.ts';

/** A machine with a clock of its own: plays `count` scenarios, as many at once as allowed; beyond `room` a login takes longer for each. Returns how many ran at the end. */
function play(concurrency: Concurrency, room: number, count: number, held: (n: number) => number = () => 0): number {
  const running: { readonly endsAt: number; readonly end: (beside: number) => void }[] = [];
  let clock = 0;
  let most = 0;
  for (let begun = 0; begun < count || running.length > 0;) {
    if (begun < count && running.length < concurrency.limit) {
      const ended = concurrency.begin();
      const n = begun;
      begun += 1;
      running.push({
        endsAt: clock + 1_000 + n,
        end: (beside) => ended({ loginMs: 200 * Math.max(1, beside / room) + held(n), isAlone: beside === 1 }),
      });
      continue;
    }
    most = running.length;
    const [first] = running.sort((a, b) => a.endsAt - b.endsAt);
    clock = first?.endsAt ?? clock;
    first?.end(running.length);
    running.shift();
    if (begun === count) break;
  }
  return most;
}

describe('the number of scenarios at once', () => {
  it('stays where the client is as fast as alone', () => {
    expect(play(createConcurrency(4, 200), 8, 40)).toBe(4);
  });

  it('goes down until the client is at most two and a half times as slow as alone', () => {
    const concurrency = createConcurrency(8, 200);
    play(concurrency, 2, 60);
    expect(concurrency.limit).toBe(5);
  });

  it('goes down to one and no further', () => {
    const concurrency = createConcurrency(4, 200);
    for (let n = 0; n < 12; n += 1) concurrency.begin()({ loginMs: 900, isAlone: false });
    expect(concurrency.limit).toBe(1);
  });

  it('goes up again when the machine has room', () => {
    const concurrency = createConcurrency(4, 200);
    for (let n = 0; n < 12; n += 1) concurrency.begin()({ loginMs: 900, isAlone: false });
    play(concurrency, 8, 20);
    expect(concurrency.limit).toBe(4);
  });

  it('takes a machine that is slow without it for what it is', () => {
    const concurrency = createConcurrency(4, 200);
    play(concurrency, 8, 30, () => 1_000);
    // Alone, the client is as slow: 1,200 ms is how fast it is here.
    expect(concurrency.limit).toBe(4);
  });

  it('goes by the login in the middle of three: one that is held counts for nothing', () => {
    expect(play(createConcurrency(4, 200), 8, 40, (n) => (n % 3 === 0 ? 9_000 : 0))).toBe(4);
  });

  it('does not change before it is known how fast the client is alone', () => {
    expect(play(createConcurrency(4), 0.5, 20)).toBe(4);
  });

  it('ignores scenarios without a login, and those that began before the last change', () => {
    const concurrency = createConcurrency(4, 200);
    const ends = Array.from({ length: 8 }, () => concurrency.begin());
    for (const end of ends) end({ loginMs: undefined, isAlone: false });
    expect(concurrency.limit).toBe(4);
    for (const end of ends) end({ loginMs: 900, isAlone: false });
    expect(concurrency.limit).toBe(3);
  });
});
