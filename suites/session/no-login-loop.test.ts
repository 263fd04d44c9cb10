import { describe, expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { refreshes } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './no-login-loop.check.ts';

const refused = (tape: Tape): number => tape.resource({}, { response: { status: 403, fault: 'api-disabled' } });

/** A login, then three calls that are refused; `first` follows the first refusal, `result` ends that call. */
function judged(first: (tape: Tape) => unknown = () => undefined, result: 'failed' | 'died' | 'timed-out' = 'failed') {
  const tape = createTape('api-disabled');
  tape.phase('login');
  tape.login();
  tape.phase('calls');
  for (let n = 0; n < 3; n += 1) {
    const end = tape.action('call');
    refused(tape);
    if (n === 0) first(tape);
    end({ result: n === 0 ? result : 'failed' });
  }
  return check.judge(tape.history(), runFacts());
}

describe('SES-08', () => {
  test('passes a client that reports the refusal, also one that refreshes once or by a timer', () => {
    expect(judged()).toMatchObject({ verdict: 'pass' });
    expect(judged((tape) => refreshes(tape, 0))).toMatchObject({ verdict: 'pass' });
    const tape = createTape('api-disabled');
    tape.login();
    const end = tape.action('call');
    refused(tape);
    end({ result: 'failed' });
    for (let n = 0; n < 3; n += 1) refreshes(tape, n);
    expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass' });
  });

  test('fails another login, in a call or in the login itself', () => {
    expect(judged((tape) => tape.authorize())?.message).toContain('1 further login ');
    const tape = createTape('api-disabled');
    const end = tape.action('authorize');
    tape.authorize();
    tape.token();
    refused(tape);
    tape.authorize();
    tape.token();
    refused(tape);
    tape.authorize();
    end({ result: 'failed' });
    expect(check.judge(tape.history(), runFacts())?.message).toContain('2 further logins ');
  });

  test('fails a refresh loop, a client that dies and one that never answers', () => {
    const loop = (tape: Tape): void => {
      refreshes(tape, 0);
      refused(tape);
      refreshes(tape, 1);
      refused(tape);
    };
    expect(judged(loop)?.message).toContain('one call led to 2 refreshes');
    expect(judged(undefined, 'died')?.message).toContain('died');
    expect(judged(undefined, 'timed-out')).toMatchObject({ verdict: 'fail', broken: ['calls-answered'] });
  });

  test('says nothing when the API refused nothing', () => {
    const tape = createTape('api-disabled');
    tape.login();
    expect(check.judge(tape.history(), runFacts())).toBeUndefined();
  });
});
