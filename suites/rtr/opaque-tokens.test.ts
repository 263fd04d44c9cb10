import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './opaque-tokens.check.ts';

/** A refresh within a call; `length` is that of the refresh token which it is given. Returns what ends the call. */
function refreshing(tape: Tape, generation: number, length: number): ReturnType<Tape['action']> {
  const end = tape.action('call');
  const refreshToken = { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head: true };
  const issued = {
    accessToken: secret(`AT#${String(generation + 1)}`),
    refreshToken: secret(`RT#${String(generation + 1)}`, length),
    family: 'F#1',
    generation: generation + 1,
  };
  tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken }, { response: { issued } });
  return end;
}

const use = (tape: Tape, generation: number): number =>
  tape.resource({
    accessToken: { ...secret(`AT#${String(generation)}`), family: 'F#1', generation, newest: true, alive: true },
  });

const judged = (write: (tape: Tape) => void): { verdict: string | undefined; message: string | undefined } => {
  const tape = createTape('odd-tokens');
  tape.login();
  write(tape);
  const finding = check.judge(tape.history(), runFacts());
  return { verdict: finding?.verdict, message: finding?.message };
};

describe('a refresh token that ends the call', () => {
  it('is a fault of the client when nothing that came with it was used', () => {
    const { verdict, message } = judged((tape) => {
      const end = refreshing(tape, 0, 1);
      use(tape, 1);
      end();
      refreshing(tape, 1, 2000)({ result: 'timed-out', error: 'no answer within 30000 ms' });
    });
    expect(verdict).toBe('fail');
    expect(message).toContain('2000 characters was not accepted: its call was never answered');
  });

  it('also when it was the first', () =>
    expect(judged((tape) => void refreshing(tape, 0, 1)({ result: 'failed' })).verdict).toBe('fail'));

  it('not when the client went on with what came with it', () =>
    expect(
      judged((tape) => {
        const end = refreshing(tape, 0, 1);
        use(tape, 1);
        end({ result: 'failed', error: 'HTTP 500' });
      }).verdict,
    ).not.toBe('fail'));

  it('not when the call had succeeded', () =>
    expect(judged((tape) => void refreshing(tape, 0, 1)()).verdict).not.toBe('fail'));
});
