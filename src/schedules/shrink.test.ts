import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disorder, readSchedule, sample, type Schedule } from './schedule.ts';
import { shrink, simpler } from './shrink.ts';

const never = (): Promise<boolean> => Promise.resolve(false);
const schedules = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer())
  .map(([contenders, seed]) => {
    let n = seed >>> 0;
    return sample(contenders, 1, () => (n = (n * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32)[0];
  })
  .filter((one) => one !== undefined);

describe('simpler', () => {
  it('gives schedules that have fewer contenders or less disorder, and are schedules', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        for (const one of simpler(schedule)) {
          expect(readSchedule(one)).toEqual(one);
          expect(one.contenders < schedule.contenders || disorder(one) < disorder(schedule)).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });

  it('has nothing simpler than two contenders in order', () => {
    expect(simpler({ contenders: 2, commit: [0, 1], answer: [0, 1] })).toEqual([]);
  });
});

describe('shrink', () => {
  const failing: Schedule = { contenders: 5, commit: [3, 1, 4, 0, 2], answer: [2, 4, 0, 1, 3] };

  it('ends with the fewest contenders that still fail, in order', async () => {
    const fails = ({ contenders }: Schedule) => Promise.resolve(contenders >= 4);
    expect(await shrink(failing, fails, 100)).toEqual({ contenders: 4, commit: [0, 1, 2, 3], answer: [0, 1, 2, 3] });
  });

  it('keeps the one inversion that matters', async () => {
    const winnerIsAnsweredLast = ({ commit, answer }: Schedule) => Promise.resolve(commit[0] === answer.at(-1));
    const shortest = await shrink(failing, winnerIsAnsweredLast, 100);
    expect(shortest).toEqual({ contenders: 2, commit: [0, 1], answer: [1, 0] });
  });

  it('keeps what nothing simpler repeats', async () => {
    expect(await shrink(failing, never, 100)).toEqual(failing);
  });

  it('runs no more than its budget', async () => {
    let played = 0;
    await shrink(failing, () => Promise.resolve((played += 1) > 0), 3);
    expect(played).toBe(3);
  });
});
