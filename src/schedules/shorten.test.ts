import { describe, expect, it } from 'vitest';
import { shorten } from './shorten.ts';

const steps = 'a b c d e f g h i j'.split(' ');
const holds = (...needed: readonly string[]) => {
  const played: string[] = [];
  const fails = (list: readonly string[]) => {
    played.push(list.join(''));
    return Promise.resolve(needed.every((one) => list.includes(one)));
  };
  return { played, fails };
};

describe('shorten', () => {
  it('finds one step among the last at once', async () => {
    const { played, fails } = holds('j');
    expect(await shorten(steps, fails, 100)).toEqual(['j']);
    expect(played).toEqual(['j']);
  });

  it('leaves out what is not needed, in order', async () => {
    expect(await shorten(steps, holds('b', 'e', 'j').fails, 100)).toEqual(['b', 'e', 'j']);
  });

  it('keeps all when nothing shorter fails', async () => {
    expect(await shorten(steps, () => Promise.resolve(false), 100)).toEqual(steps);
  });

  it('runs no more than its budget, and resolves with what failed', async () => {
    const { played, fails } = holds('g', 'j');
    expect(await shorten(steps, fails, 4)).toEqual(['g', 'h', 'i', 'j']);
    expect(played).toEqual(['j', 'ij', 'ghij', 'hij']);
  });
});
