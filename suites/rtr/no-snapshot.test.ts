import { describe, expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { asks, issues, sends, refreshes, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './no-snapshot.check.ts';

/** A refresh, as the mock records one that rotates. */
function rotates(tape: Tape, generation: number): void {
  const { seq, answer } = sends(tape, generation);
  const request = tape.history().refreshes.find((one) => one.seq === seq);
  const presented = request?.facts.refreshToken;
  if (request === undefined || presented === null || presented === undefined) return;
  tape.add({ kind: 'rotation', exchange: request.exchange, family: 'F#1', presented, outcome: 'rotated' });
  answer(issues(generation + 1));
}

/** A call gets a 401 after so many rotations; then it does `then`. */
function judged(rotations: number, then: (tape: Tape) => unknown = () => undefined) {
  const tape = createTape('held-across-rotations');
  tape.login();
  tape.phase('held');
  const call = tape.action('call');
  const { answer } = asks(tape, 0);
  for (let n = 0; n < rotations; n += 1) rotates(tape, n);
  answer({ status: 401 });
  then(tape);
  call();
  return check.judge(tape.history(), runFacts());
}

describe('RTR-18', () => {
  test('passes a call that goes on with the newest access token, or refreshes with the newest token', () => {
    expect(judged(2, (tape) => served(tape, 2))?.verdict).toBe('pass');
    expect(judged(2, (tape) => refreshes(tape, 2))?.verdict).toBe('pass');
  });

  test('fails a call that sends the token that it began with', () => {
    expect(judged(2, (tape) => refreshes(tape, 0))?.message).toContain('the token of the login was sent');
    expect(judged(3, (tape) => refreshes(tape, 1))?.verdict).toBe('fail');
  });

  test('says nothing when fewer than two rotations came between', () => {
    expect(judged(1, (tape) => refreshes(tape, 0))).toBeUndefined();
    expect(judged(0)).toBeUndefined();
  });
});
