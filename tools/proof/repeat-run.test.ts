import { expect, it } from 'vitest';
import { differences, repeatRun } from './repeat-run.ts';

const graded = (verdict: 'pass' | 'fail', message = '') => ({ checks: [{ id: 'RACE-01', verdict, message }] });

it('names each verdict that differs from the first run, and how often', async () => {
  let running = 0;
  let most = 0;
  const found = await repeatRun({
    ...{ times: 7, atOnce: 3 },
    first: () => Promise.resolve(graded('pass')),
    async again(n) {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      return n % 3 === 0 ? graded('fail', '2 refreshes') : graded('pass');
    },
  });
  expect(found.again).toHaveLength(7);
  expect(most).toBe(3);
  expect(differences(found)).toEqual(['RACE-01: pass, then fail 2 × (2 refreshes)']);
});
