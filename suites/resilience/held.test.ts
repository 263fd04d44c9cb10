import { describe, expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import late from './late-answer.check.ts';
import oneAtATime from './one-at-a-time.check.ts';

const sent = (label: string) => ({
  grantType: 'refresh_token',
  code: null,
  verifier: null,
  refreshToken: { ...secret(label), family: 'F#1', generation: 0, head: true },
});

interface Course {
  /** The client closes the connection before the answer is released. */
  readonly aborts?: boolean;
  /** It answers its call before that. */
  readonly answers?: boolean;
  /** It sends the token again: during the hold, or with the next call. */
  readonly again?: 'held' | 'after';
}

function course({ aborts = false, answers = false, again }: Course) {
  const tape: Tape = createTape('held-refresh');
  tape.phase('held');
  const end = tape.action('call');
  tape.token(sent('RT#1'), { response: null });
  tape.wait(100);
  const answer = (delivered: 'complete' | 'aborted') =>
    tape.add({ kind: 'response', exchange: 1, endpoint: 'token', status: 200, delivered });
  if (aborts) answer('aborted');
  if (answers) end({ result: 'failed' });
  if (again === 'held') tape.token(sent('RT#1'), { response: { status: 400 } });
  tape.phase('released');
  if (!aborts) answer('complete');
  if (!answers) end();
  tape.phase('after');
  if (again === 'after') tape.token(sent('RT#1'), { response: { status: 400 } });
  const history = tape.history();
  return [oneAtATime, late].map((check) => check.judge(history, runFacts())?.verdict);
}

test.each<[string, Course, readonly string[]]>([
  ['waits', {}, ['pass', 'skip']],
  ['sends again meanwhile', { again: 'held' }, ['fail', 'skip']],
  ['gives up and sends again meanwhile', { aborts: true, again: 'held' }, ['fail', 'fail']],
  ['gives up, and sends the old token later', { answers: true, again: 'after' }, ['pass', 'fail']],
  ['gives up, and asks for a login', { aborts: true, answers: true }, ['pass', 'pass']],
])('a client that %s', (_, what, verdicts) => {
  expect(course(what)).toEqual(verdicts);
});

test.each([
  [500, 'Another call was waiting'],
  [2_000, 'Another call was waiting'],
])('RES-03 sees the second call of the client that waits no longer than %i ms for the first', (lockMs, why) => {
  const tape = createTape('held-refresh');
  tape.phase('held');
  const [first, second] = [tape.action('call'), tape.action('call')];
  tape.token(sent('RT#1'), { response: null });
  tape.wait(lockMs);
  tape.token(sent('RT#1'), { response: { status: 400 } });
  tape.phase('released');
  tape.add({ kind: 'response', exchange: 1, endpoint: 'token', status: 200, delivered: 'complete' });
  first();
  second({ result: 'failed' });
  tape.phase('after');
  expect(oneAtATime.judge(tape.history(), runFacts())).toMatchObject({
    verdict: 'fail',
    diagnosis: expect.stringContaining(why) as string,
  });
});

test('RES-03 passes a client whose second call fails after its own timeout, and one that waits', () => {
  for (const result of ['failed', 'ok'] as const) {
    const tape = createTape('held-refresh');
    tape.phase('held');
    const [first, second] = [tape.action('call'), tape.action('call')];
    tape.token(sent('RT#1'), { response: null });
    tape.wait(2_000);
    if (result === 'failed') second({ result });
    tape.phase('released');
    tape.add({ kind: 'response', exchange: 1, endpoint: 'token', status: 200, delivered: 'complete' });
    first();
    if (result === 'ok') second();
    tape.phase('after');
    const verdicts = [oneAtATime, late].map((check) => check.judge(tape.history(), runFacts())?.verdict);
    expect(verdicts).toEqual(['pass', 'skip']);
  }
});

test('a client that never refreshed is not judged', () => {
  const tape = createTape('held-refresh');
  tape.phase('held');
  expect(oneAtATime.judge(tape.history(), runFacts())).toBeUndefined();
  expect(late.judge(tape.history(), runFacts())).toBeUndefined();
});

describe('a machine that was suspended while the response was held', () => {
  const { holdMs } = runFacts().run;
  /** The client gives its refresh up after as long, and sends the token again. */
  const judged = (afterMs: number) => {
    const tape = createTape('held-refresh');
    tape.phase('held');
    const end = tape.action('call');
    tape.token(sent('RT#1'), { response: null });
    tape.wait(afterMs);
    tape.add({ kind: 'response', exchange: 1, endpoint: 'token', status: 0, delivered: 'aborted' });
    end({ result: 'failed' });
    tape.token(sent('RT#1'), { response: { status: 400 } });
    tape.phase('released');
    tape.phase('after');
    return [oneAtATime, late].map((check) => check.judge(tape.history(), runFacts()));
  };

  test('makes no client impatient that would have waited for the whole hold, and as long again', () => {
    expect(judged(2 * holdMs + 1_000)).toMatchObject([
      { verdict: 'pass', message: expect.stringContaining('longer than this run holds a response') as string },
      { verdict: 'skip', message: expect.stringContaining('machine was too slow') as string },
    ]);
  });

  test('excuses none that gives up sooner', () => {
    expect(judged(2 * holdMs - 1_000).map((finding) => finding?.verdict)).toEqual(['fail', 'fail']);
  });
});
