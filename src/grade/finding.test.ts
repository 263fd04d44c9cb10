import { expect, test } from 'vitest';
import { fail, inconclusive, info, pass, review, skip, warn } from './finding.ts';

test('each word is its verdict, with what was said and nothing else', () => {
  const words = { pass, fail, warn, info, review, inconclusive, skip };
  for (const [verdict, say] of Object.entries(words)) {
    expect(say('seen', [3, 1])).toEqual({ verdict, message: 'seen', evidence: [3, 1] });
    expect(say('seen', [], { diagnosis: 'why', remedy: 'fix', blockedBy: 'A-01' })).toEqual({
      ...{ verdict, message: 'seen', evidence: [] },
      ...{ diagnosis: 'why', remedy: 'fix', blockedBy: 'A-01' },
    });
  }
});

test('a finding cites all that it rests on, and of a flood the first thousand events', () => {
  const evidence = Array.from({ length: 1_200 }, (_, index) => index + 1);
  expect(fail('often', evidence.slice(0, 900)).evidence).toEqual(evidence.slice(0, 900));
  expect(fail('often', evidence).evidence).toEqual(evidence.slice(0, 1_000));
});
