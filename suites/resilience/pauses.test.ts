import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/grade/check.ts';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import outage from './outage-retried.check.ts';
import retryAfter from './retry-after.check.ts';

const token = (head = true) => ({ ...secret('RT#1'), family: 'F#1', generation: 1, head });

const refresh = (tape: Tape, response: { readonly status: number; readonly fault?: string }): number =>
  tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken: token() }, { response });

/** A call whose refresh is refused once and repeated; the second request begins `ms` after the first. */
function judged(check: Check, phase: string, status: number, ms: number): string | undefined {
  const tape = createTape('outages');
  tape.login();
  tape.phase(phase);
  const end = tape.verb('call');
  refresh(tape, { status, fault: phase });
  // A request and its answer take 20 ms here.
  tape.wait(ms - 20);
  refresh(tape, { status: 200 });
  end();
  tape.phase(`${phase}-over`);
  tape.verb('call')();
  return check.judge(tape.history(), runFacts())?.verdict;
}

describe('pauses', () => {
  it('RES-02: a second after the 429, though its end was noticed late', () => {
    const after = (ms: number) => judged(retryAfter, 'throttled', 429, ms);
    expect([after(1_000), after(995), after(900)]).toEqual(['pass', 'pass', 'fail']);
  });

  it('RES-01: a tenth of a second after the 503', () => {
    const after = (ms: number) => judged(outage, 'unavailable', 503, ms);
    expect([after(100), after(30)]).toEqual(['pass', 'warn']);
  });
});
