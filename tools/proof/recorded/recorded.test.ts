import { describe, expect, test } from 'vitest';
import { compareGradings, openGrader, type Difference } from '../gradings.ts';
import { readPack } from './pack.ts';

const grade = await openGrader(`${import.meta.dirname}/../../..`);

/** A check that is newer than the recording leaves it open: its scenario was never played. */
const isNewCheck = ({ before, after }: Difference): boolean =>
  before === '(absent)' && /^(inconclusive|skip)/u.test(after);

/** A verdict that changes on purpose: `npm run recordings -- regrade` prints what changed and renews what is expected here. */
describe('recorded clients are graded as before', () => {
  test.each(readPack().map((client) => [client.name, client] as const))('%s', (name, { events, grading }) => {
    expect(compareGradings(name, grading, grade(events)).filter((one) => !isNewCheck(one))).toEqual([]);
  });
});
