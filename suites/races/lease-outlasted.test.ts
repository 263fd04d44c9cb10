import { describe, expect, test } from 'vitest';
import { createTape } from '../../test-kit/tape.ts';
import { issues, sends } from './concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './lease-outlasted.check.ts';

const facts = (leaseMs?: number) => {
  const all = runFacts();
  return { ...all, app: { ...all.app, ...(leaseMs === undefined ? {} : { leaseMs }) } };
};

/** A refresh is held for `heldMs`; after `againMs` the token of another generation, or the same, is sent. */
function judged(heldMs: number, again?: { readonly afterMs: number; readonly generation: number }) {
  const tape = createTape('outlasted-lease');
  tape.login();
  tape.phase('held');
  const { answer } = sends(tape, 0);
  if (again !== undefined) {
    tape.wait(again.afterMs);
    sends(tape, again.generation);
  }
  tape.wait(heldMs - (again?.afterMs ?? 0));
  tape.phase('released');
  answer(issues(1));
  return check.judge(tape.history(), facts(1_000));
}

describe('RACE-16', () => {
  test('passes a client that waits longer than its lease', () => {
    expect(judged(1_500)?.verdict).toBe('pass');
    expect(judged(1_500, { afterMs: 1_200, generation: 7 })?.verdict).toBe('pass');
  });

  test('fails a client that sends the token again while the first request is under way', () => {
    expect(judged(1_500, { afterMs: 1_100, generation: 0 })?.message).toContain('the lease is 1000 ms');
  });

  test('says nothing when the answer was not held for as long as the lease, or nothing was held', () => {
    expect(judged(500)).toBeUndefined();
    const tape = createTape('outlasted-lease');
    tape.phase('held');
    expect(check.judge(tape.history(), facts(1_000))).toBeUndefined();
  });

  test('does not apply without a declared lease', () => {
    expect(check.skip?.(facts())).toBeDefined();
    expect(check.skip?.(facts(1))).toBeUndefined();
  });
});
