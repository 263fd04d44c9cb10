import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './lost-connection.check.ts';

const PHASE = 'reset-after-commit';

const refresh = (tape: Tape, lost: boolean): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret('RT#1'), family: 'F#1', generation: 0, head: lost },
    },
    {
      response: lost
        ? { status: 0, delivered: 'none', fault: PHASE, issued: { refreshToken: secret('RT#2') } }
        : { status: 400, error: 'invalid_grant' },
    },
  );

interface Course {
  /** Uses after the lost answer, in the same call. */
  readonly atOnce?: number;
  /** Milliseconds before the first of them. */
  readonly pauseMs?: number;
  /** And in the next one. */
  readonly later?: number;
  readonly end?: 'failed' | 'timed-out';
}

function judged({ atOnce = 0, pauseMs = 0, later = 0, end = 'failed' }: Course, driver = 'adapter') {
  const tape = createTape('lost-answers');
  tape.login();
  tape.phase(PHASE);
  const call = tape.action('call');
  refresh(tape, true);
  tape.wait(pauseMs);
  for (let n = 0; n < atOnce; n += 1) refresh(tape, false);
  call({ result: end });
  tape.phase(`${PHASE}-over`);
  const next = tape.action('call');
  for (let n = 0; n < later; n += 1) refresh(tape, false);
  next({ result: 'failed', reauthorize: true });
  return check.judge(tape.history(), runFacts({}, driver));
}

test('RES-05 and RES-06 advise a client that sends the token on and on to remember its attempt', () => {
  expect(judged({ later: 2 })?.remedy).toContain('once more at most');
  expect(judged({ later: 1 })?.remedy).toBeUndefined();
});

test.each<[string, Course, string]>([
  ['says so', {}, 'pass'],
  ['tries once more when it is asked for the next call', { later: 1 }, 'info'],
  ['tries once more at once', { atOnce: 1 }, 'warn'],
  ['tries once more after a pause', { atOnce: 1, pauseMs: 100 }, 'info'],
  ['tries again and again', { later: 2 }, 'fail'],
  ['tries again, by itself and when it is asked', { atOnce: 1, later: 1 }, 'fail'],
  ['never answers', { end: 'timed-out' }, 'fail'],
])('RES-05: a client that %s', (_, course, verdict) => {
  expect(judged(course)?.verdict).toBe(verdict);
});

test('a loop is reported as one, though the client never answers', () => {
  expect(judged({ atOnce: 40, end: 'timed-out' })?.message).toContain('RT#1 was sent 40 more times');
  expect(judged({ end: 'timed-out' })).toMatchObject({ remedy: expect.stringContaining('timeout') as string });
});

test('RES-05: what a browser repeats by itself is not held against the page; more than that is', () => {
  expect(judged({ atOnce: 1 }, 'browser')).toMatchObject({ verdict: 'info' });
  expect(judged({ atOnce: 2 }, 'browser')).toMatchObject({ verdict: 'fail' });
  expect(judged({ atOnce: 1, later: 1 }, 'browser')).toMatchObject({ verdict: 'fail' });
});

test('RES-05: evidence is named once', () => {
  const evidence = judged({ later: 1 })?.evidence ?? [];
  expect(evidence).toHaveLength(new Set(evidence).size);
});
