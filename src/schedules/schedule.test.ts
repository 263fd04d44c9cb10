import { describe, expect, it } from 'vitest';
import { disorder, enumerate, readSchedule, sample } from './schedule.ts';

describe('enumerate', () => {
  it('gives every schedule of two and of three contenders once', () => {
    for (const [contenders, count] of [
      [2, 4],
      [3, 36],
    ] as const) {
      const all = enumerate(contenders);
      expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(count);
      expect(all).toHaveLength(count);
    }
  });

  it('begins with the schedule in which everything keeps its order', () => {
    expect(enumerate(3)[0]).toEqual({ contenders: 3, commit: [0, 1, 2], answer: [0, 1, 2] });
    expect(disorder({ contenders: 2, commit: [0, 1], answer: [0, 1] })).toBe(0);
  });
});

describe('sample', () => {
  it('is the same for the same numbers', () => {
    const numbers = () => {
      let n = 0;
      return () => (n += 0.37) % 1;
    };
    expect(sample(5, 8, numbers())).toEqual(sample(5, 8, numbers()));
    expect(sample(5, 8, numbers()).every((one) => readSchedule(one) !== undefined)).toBe(true);
  });
});

describe('readSchedule', () => {
  it('refuses what is no pair of permutations', () => {
    expect(readSchedule({ contenders: 2, commit: [0, 0], answer: [0, 1] })).toBeUndefined();
    expect(readSchedule({ contenders: 2, commit: [0, 1] })).toBeUndefined();
    expect(readSchedule('x')).toBeUndefined();
    expect(readSchedule({ contenders: 1e9, commit: [], answer: [] })).toBeUndefined();
    expect(readSchedule({ contenders: 2, commit: [1, 0], answer: [0, 1] })).toBeDefined();
  });
});
