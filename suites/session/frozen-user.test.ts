import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { refreshes, refused, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './frozen-user.check.ts';

function call(tape: Tape, within: () => unknown, end: Partial<ActionEnd> = {}): void {
  const over = tape.action('call');
  within();
  over(end);
}

interface Course {
  /** Refreshes that are refused while the user is frozen, and after that, before the new login. */
  readonly frozen?: number;
  readonly unfrozen?: number;
  readonly answer?: Partial<ActionEnd>;
  readonly recovers?: boolean;
}

function judged({ frozen = 1, unfrozen = 0, answer = { result: 'failed' }, recovers = true }: Course = {}) {
  const tape = createTape('frozen-user');
  tape.login();
  tape.phase('frozen');
  for (let n = 0; n < frozen; n += 1) call(tape, () => refreshes(tape, 0, refused), answer);
  tape.phase('unfrozen');
  for (let n = 0; n < unfrozen; n += 1) call(tape, () => refreshes(tape, 0, refused), answer);
  tape.phase('reconnect');
  tape.login();
  call(tape, () => served(tape), { result: recovers ? 'ok' : 'failed' });
  return check.judge(tape.history(), runFacts());
}

describe('SES-09', () => {
  test('passes a client that gives up, tries once more at the most, and works after one login', () => {
    expect(judged()?.verdict).toBe('pass');
    expect(judged({ unfrozen: 1 })?.verdict).toBe('pass');
  });

  test('fails a client that tries on, before the user is unfrozen or after', () => {
    expect(judged({ frozen: 3 })?.message).toContain('2 more times');
    expect(judged({ unfrozen: 2 })?.message).toContain('2 more times');
  });

  test('fails a client that hides it, and one that does not work after the login', () => {
    expect(judged({ answer: { result: 'ok' } })?.verdict).toBe('fail');
    expect(judged({ recovers: false })?.message).toContain('after one login the client still failed');
  });

  test('says nothing when no refresh was refused', () => {
    expect(judged({ frozen: 0 })).toBeUndefined();
  });
});
