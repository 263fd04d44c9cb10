import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { refreshes, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './passing-reason.check.ts';

const TEXTS = { 'ip-restricted': 'ip restricted', 'login-hours': 'invalid login hours' };
type Phase = keyof typeof TEXTS;

const restricted = (tape: Tape, phase: Phase, generation = 0): number =>
  refreshes(tape, generation, {
    status: 400,
    error: 'invalid_grant',
    errorDescription: TEXTS[phase],
    fault: phase,
  });

interface Course {
  readonly sent?: number;
  readonly end?: Partial<ActionEnd>;
  /** What the next call does; null: no call follows. */
  readonly next?: ((tape: Tape) => unknown) | null;
  readonly nextEnd?: Partial<ActionEnd>;
}

const again = (tape: Tape): void => {
  refreshes(tape, 0);
  served(tape, 1);
};

/** A call meets the refusal; then comes the next call. */
function meets(tape: Tape, phase: Phase, course: Course = {}): void {
  const { sent = 1, end = { result: 'failed' }, next = again, nextEnd = {} } = course;
  tape.phase(phase);
  const call = tape.action('call');
  for (let n = 0; n < sent; n += 1) restricted(tape, phase);
  call(end);
  tape.phase(`${phase}-over`);
  if (next === null) return;
  const after = tape.action('call');
  next(tape);
  after(nextEnd);
}

function judged(course: Course, phase: Phase = 'ip-restricted') {
  const tape = createTape('passing-refusals');
  tape.login();
  meets(tape, phase, course);
  return check.judge(tape.history(), runFacts());
}

const dropped = { next: () => undefined, nextEnd: { result: 'failed', reauthorize: true } } as const;

describe('ERR-11', () => {
  test.each(Object.keys(TEXTS) as Phase[])('passes a client that sends the same token again after %s', (phase) => {
    expect(judged({}, phase)).toMatchObject({ verdict: 'pass' });
    expect(judged({ sent: 3 }, phase)).toMatchObject({ verdict: 'pass' });
  });

  test('passes a client that asks for a login and tries the token again all the same', () => {
    expect(judged({ end: { result: 'failed', reauthorize: true } })).toMatchObject({ verdict: 'pass' });
  });

  test.each(Object.keys(TEXTS) as Phase[])('fails a client that drops its token after %s', (phase) => {
    expect(judged(dropped, phase)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('asked for a new login') as string,
    });
    expect(judged({ ...dropped, nextEnd: { result: 'failed' } }, phase)?.message).toContain('did not refresh again');
    expect(judged(dropped, phase)?.broken).toBeUndefined();
    // It may rest after a failed refresh, which another check shows.
    expect(judged({ ...dropped, nextEnd: { result: 'failed' } }, phase)?.broken).toEqual(['refreshes-after-failure']);
  });

  test('fails a storm, a call that dies or hangs, and a success that was none', () => {
    expect(judged({ sent: 4 })?.message).toContain('One call sent 4 refreshes');
    expect(judged({ end: { result: 'died' } })?.verdict).toBe('fail');
    expect(judged({ end: { result: 'timed-out' } })).toMatchObject({ verdict: 'fail', broken: ['calls-answered'] });
    expect(judged({ end: { result: 'ok' } })?.message).toContain('reported success');
  });

  test('fails a client whose next call fails although its token was accepted', () => {
    const course = { next: (tape: Tape) => refreshes(tape, 0), nextEnd: { result: 'failed' } } as const;
    expect(judged(course)?.message).toContain('failed all the same');
  });

  test('leaves open a token that had been lost before', () => {
    const tape = createTape('passing-refusals');
    tape.login();
    tape.add({ kind: 'family', family: 'F#1', user: 'U1', change: 'revoked', reason: 'reuse' });
    meets(tape, 'ip-restricted', dropped);
    expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'inconclusive' });
  });

  test('says nothing without a refusal, and without a call after it', () => {
    expect(judged({ sent: 0 })).toBeUndefined();
    expect(judged({ next: null })).toBeUndefined();
  });

  test('fails for one of two reasons', () => {
    const tape = createTape('passing-refusals');
    tape.login();
    meets(tape, 'ip-restricted');
    meets(tape, 'login-hours', dropped);
    expect(check.judge(tape.history(), runFacts())?.message).toContain('invalid login hours');
  });
});
