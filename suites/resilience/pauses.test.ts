import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/grade/check.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import outage from './outage-retried.check.ts';
import retryAfter from './retry-after.check.ts';

const token = (head = true) => ({ ...secret('RT#1'), family: 'F#1', generation: 1, head });

const refresh = (tape: Tape, response: { readonly status: number; readonly fault?: string }): number =>
  tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken: token() }, { response });

/** Who asks for the second request: the call that was refused, the client's own timer once that call has failed, or the next call. */
type Asker = 'same-call' | 'timer' | 'next-call';

/** A call whose refresh is refused once and repeated; the second request begins `ms` after the first. */
function judged(check: Check, phase: string, status: number, ms: number, by: Asker = 'same-call'): string | undefined {
  const tape = createTape('outages');
  tape.login();
  tape.phase(phase);
  const end = tape.action('call');
  refresh(tape, { status, fault: phase });
  // A request and its answer take 20 ms here; so do a phase and the beginning of a call.
  if (by !== 'same-call') end({ result: 'failed' });
  tape.wait(ms - { 'same-call': 20, timer: 30, 'next-call': 50 }[by]);
  if (by !== 'next-call') refresh(tape, { status: 200 });
  if (by === 'same-call') {
    served(tape);
    end();
  }
  tape.phase(`${phase}-over`);
  const next = tape.action('call');
  if (by === 'next-call') refresh(tape, { status: 200 });
  served(tape);
  next();
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

  it('count what the client repeats by itself once its call has failed', () => {
    const after = (ms: number) => judged(retryAfter, 'throttled', 429, ms, 'timer');
    expect([after(1_000), after(420)]).toEqual(['pass', 'fail']);
    expect(judged(outage, 'unavailable', 503, 420, 'timer')).toBe('pass');
    expect(judged(outage, 'unavailable', 503, 40, 'timer')).toBe('warn');
  });

  it('do not count what the next call asks for', () => {
    expect(judged(retryAfter, 'throttled', 429, 1_000, 'next-call')).toBe('pass');
    expect(judged(outage, 'unavailable', 503, 60, 'next-call')).toBe('pass');
  });
});
