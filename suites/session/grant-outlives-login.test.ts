import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { issues, refreshes, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './grant-outlives-login.check.ts';

/** The connection that works. */
function connected(): Tape {
  const tape = createTape('unfinished-logins');
  tape.login({ exchange: { response: issues(0) } });
  return tape;
}

/** A login that is not finished, and the call after it. */
function abandons(tape: Tape, name: string, end: Partial<ActionEnd> = {}): void {
  tape.phase(name);
  const login = tape.action('authorize');
  tape.authorize();
  login({ result: 'failed' });
  tape.phase(`after-${name}`);
  const call = tape.action('call');
  if (end.result === undefined) {
    refreshes(tape, 0);
    served(tape, 1);
  }
  call(end);
}

describe('SES-07', () => {
  test('passes a client that goes on with its grant, after a no and after a closed window', () => {
    const tape = connected();
    abandons(tape, 'denied');
    abandons(tape, 'closed');
    expect(check.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('closed the window') as string,
    });
  });

  test.each(['denied', 'closed'])('fails a client whose grant is gone after a login that ended so: %s', (name) => {
    for (const result of ['failed', 'timed-out', 'died'] as const) {
      const tape = connected();
      if (name === 'closed') abandons(tape, 'denied');
      abandons(tape, name, { result });
      expect(check.judge(tape.history(), runFacts())?.verdict).toBe('fail');
    }
  });

  test('leaves open what a client had lost before', () => {
    const tape = connected();
    tape.add({ kind: 'family', family: 'F#1', user: 'U1', change: 'revoked', reason: 'reuse' });
    abandons(tape, 'denied', { result: 'failed' });
    expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'inconclusive' });
  });

  test('says nothing of a login that was never begun, nor of a call that sent nothing', () => {
    const never = connected();
    never.phase('denied');
    never.phase('after-denied');
    never.action('call')({ result: 'failed' });
    expect(check.judge(never.history(), runFacts())).toBeUndefined();
    const silent = connected();
    abandons(silent, 'denied', { result: 'ok' });
    expect(check.judge(silent.history(), runFacts())).toBeUndefined();
  });
});
