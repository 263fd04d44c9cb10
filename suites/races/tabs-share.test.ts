import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { denied, served } from './concurrent-calls.test-support.ts';
import check from './tabs-share.check.ts';

const refresh = (tape: Tape, generation: number): number =>
  tape.token({
    grantType: 'refresh_token',
    code: null,
    verifier: null,
    refreshToken: { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head: true },
  });

function judged(write: (tape: Tape) => void): { readonly verdict?: string; readonly message?: string } | undefined {
  const tape = createTape('tabs');
  tape.login();
  refresh(tape, 0);
  tape.phase('herd');
  write(tape);
  return check.judge(tape.history(), runFacts());
}

describe('RACE-12', () => {
  it('passes tabs of which one refreshes for all', () => {
    const shared = (tape: Tape): void => {
      const [one, other] = [tape.action('call'), tape.action('call')];
      denied(tape);
      refresh(tape, 1);
      served(tape);
      one();
      other();
    };
    expect(judged(shared)).toMatchObject({ verdict: 'pass' });
  });

  it('fails tabs that present one token twice', () => {
    const each = (tape: Tape): void => {
      refresh(tape, 1);
      refresh(tape, 1);
    };
    expect(judged(each)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('RT#1 was sent 2 times') as string,
    });
  });

  it('fails a tab that does not take up what the other has stored', () => {
    const lost = (tape: Tape): void => {
      const [one, other] = [tape.action('call'), tape.action('call')];
      refresh(tape, 1);
      one();
      other({ result: 'failed' });
    };
    expect(judged(lost)).toMatchObject({ verdict: 'fail' });
  });

  it('is not exercised without a refresh after the session died', () => {
    expect(judged(() => undefined)).toBeUndefined();
  });

  it('is for applications in a browser only', () => {
    const { run, ...facts } = runFacts();
    expect(check.skip?.({ ...facts, run: { ...run, driver: 'adapter' } })).toBeDefined();
    expect(check.skip?.({ ...facts, run: { ...run, driver: 'browser' } })).toBeUndefined();
  });
});
