import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { refreshes, refused, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import idle from './idle-token.check.ts';
import inUse from './kept-in-use.check.ts';

function call(tape: Tape, within: () => unknown, end: Partial<ActionEnd> = {}): void {
  const over = tape.action('call');
  within();
  over(end);
}

interface Course {
  /** Refreshes of each call after the expiry, and how the calls end. */
  readonly tries?: readonly number[];
  readonly answer?: Partial<ActionEnd>;
  readonly recovers?: boolean;
}

function played({ tries = [1], answer = { result: 'failed' }, recovers = true }: Course = {}) {
  const tape = createTape('idle-token');
  tape.login();
  tape.phase('in-use');
  for (let n = 0; n < 3; n += 1) {
    tape.add({ kind: 'control', action: 'age', detail: `${String((29 * 86_400_000) / 3)} ms` });
    call(tape, () => refreshes(tape, n));
  }
  tape.phase('idle');
  for (const count of tries) {
    call(tape, () => Array.from({ length: count }, () => refreshes(tape, 3, refused)), answer);
  }
  tape.phase('reconnect');
  tape.login();
  call(tape, () => served(tape), { result: recovers ? 'ok' : 'failed' });
  return tape.history();
}

describe('IDLE-01', () => {
  const judged = (course?: Course) => idle.judge(played(course), runFacts());

  test('passes a client that gives the expired token up and works after one login', () => {
    expect(judged()?.verdict).toBe('pass');
    expect(judged({ tries: [1, 1] })?.verdict).toBe('pass');
  });

  test('fails a storm, a token that is tried on, and silence', () => {
    expect(judged({ tries: [1, 1, 1, 1] })?.message).toContain('4 token requests');
    expect(judged({ tries: [3] })?.message).toContain('2 more times');
    expect(judged({ answer: { result: 'ok' } })?.verdict).toBe('fail');
  });

  test('fails a client that does not work after the login', () => {
    expect(judged({ recovers: false })?.message).toContain('still failed');
  });

  test('says nothing of a client that never met the expiry', () => {
    expect(judged({ tries: [0] })).toBeUndefined();
  });

  test('is a MUST of the newer set only', () => {
    expect(idle).toMatchObject({ level: 'MUST', rules: ['sf-partner-2026-11'] });
  });
});

describe('IDLE-02', () => {
  test('reports how many refreshes kept the token alive', () => {
    expect(inUse.judge(played(), runFacts())).toMatchObject({
      verdict: 'info',
      message: expect.stringContaining('Over 29 days 3 calls led to 3 refreshes') as string,
    });
  });

  test('says nothing of a client that did not refresh', () => {
    const tape = createTape('idle-token');
    tape.login();
    tape.phase('in-use');
    call(tape, () => served(tape));
    expect(inUse.judge(tape.history(), runFacts())).toBeUndefined();
  });
});
