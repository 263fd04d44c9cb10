import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { Response } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import missingState from './missing-state.check.ts';
import replayed from './replayed-callback.check.ts';
import wrongState from './wrong-state.check.ts';
import wrongIssuer from '../code-handling/wrong-issuer.check.ts';

/** A login whose callback was changed; `redeemed` says whether the client went on. */
function tampered(tape: Tape, tag: string, redeemed: boolean): void {
  const end = tape.action('authorize');
  tape.authorize();
  tape.callback({ tampered: tag });
  if (redeemed) tape.token();
  end({ result: redeemed ? 'ok' : 'failed' });
}

const FOREIGN = [
  { check: wrongState, phase: 'wrong-state', tag: 'state-altered', verdict: 'fail' },
  { check: missingState, phase: 'no-state', tag: 'state-removed', verdict: 'fail' },
  { check: wrongIssuer, phase: 'wrong-issuer', tag: 'other-issuer', verdict: 'warn' },
];

describe.each(FOREIGN)('$check.id', ({ check, phase, tag, verdict }) => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('callbacks');
    write(tape);
    return check.judge(tape.history(), runFacts());
  };

  test('a client that stops passes, one that redeems does not', () => {
    for (const redeemed of [false, true]) {
      const finding = judge((tape) => {
        tape.login();
        tape.phase(phase);
        tampered(tape, tag, redeemed);
      });
      expect(finding?.verdict).toBe(redeemed ? verdict : 'pass');
    }
  });

  test('a token request that comes late, in the next phase, counts as well', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.phase(phase);
      const end = tape.action('authorize');
      tape.authorize();
      tape.callback({ tampered: tag });
      tape.phase('honest');
      tape.token();
      end();
    });
    expect(finding?.verdict).toBe(verdict);
  });

  test('a client that starts over by itself has redeemed another code', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.phase(phase);
      const end = tape.action('authorize');
      tape.authorize();
      tape.callback({ tampered: tag });
      tape.authorize();
      tape.callback();
      tape.token();
      end();
    });
    expect(finding?.verdict).toBe('pass');
  });

  test('a client that does not redeem honest callbacks either was not exercised', () => {
    const finding = judge((tape) => {
      tape.login({ exchange: { response: { status: 400 } }, end: { result: 'failed' } });
      tape.phase(phase);
      tampered(tape, tag, false);
    });
    expect(finding).toBeUndefined();
  });

  test('nor was one that redeemed an earlier code, was refused the last, or is at it still', () => {
    const before: readonly ((tape: Tape) => void)[] = [
      () => undefined,
      (tape) => tape.login({ exchange: { response: { status: 400 } } }),
      (tape) => tape.login({ exchange: { response: null } }),
      (tape) => tape.login({ end: { result: 'failed' } }),
      (tape) => {
        tape.login();
        tape.action('authorize')();
      },
      (tape) => {
        tape.action('authorize');
        tape.authorize();
        tape.token();
      },
    ];
    for (const write of before) {
      const finding = judge((tape) => {
        write(tape);
        tape.phase(phase);
        tampered(tape, tag, true);
      });
      expect(finding).toBeUndefined();
    }
  });

  test('what was asked besides the logins changes nothing', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.action('call')({ result: 'failed' });
      tape.phase(phase);
      tape.action('restart')();
      tampered(tape, tag, false);
    });
    // The callback, and how the login ended.
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [17, 18] });
    const redeemed = judge((tape) => {
      tape.login();
      tape.action('call')({ result: 'failed' });
      tape.phase(phase);
      tampered(tape, tag, true);
    });
    expect(redeemed?.verdict).toBe(verdict);
  });

  test('a login that was never tried was not exercised', () => {
    expect(judge((tape) => tape.login())).toBeUndefined();
  });

  test('a callback answers the last authorization request before it', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.phase(phase);
      const end = tape.action('authorize');
      tape.authorize();
      tape.authorize();
      tape.callback({ tampered: tag });
      tape.token();
      end();
    });
    expect(finding?.verdict).toBe(verdict);
  });

  test('nor was one whose callback was left unchanged', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.phase(phase);
      tape.login();
    });
    expect(finding).toBeUndefined();
  });

  test('nor was one whose listener was gone', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.phase(phase);
      const end = tape.action('authorize');
      tape.authorize();
      tape.callback({ step: 'lost' });
      end({ result: 'failed' });
    });
    expect(finding).toBeUndefined();
  });
});

describe('AZ-06', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('callbacks');
    tape.login();
    tape.phase('repeated');
    const end = tape.action('authorize');
    tape.authorize();
    tape.callback({ tampered: 'repeated' });
    tape.token();
    write(tape);
    end();
    return replayed.judge(tape.history(), runFacts());
  };

  test('one token request for two deliveries passes', () => {
    expect(judge((tape) => tape.callback({ tampered: 'repeated' }))?.verdict).toBe('pass');
    expect(judge((tape) => tape.callback({ step: 'lost' }))?.verdict).toBe('pass');
  });

  test('two fail', () => {
    const finding = judge((tape) => {
      tape.callback({ tampered: 'repeated' });
      tape.token({}, { response: { status: 400 } });
    });
    expect(finding?.verdict).toBe('fail');
  });

  test('a callback that was delivered once says nothing', () => {
    expect(judge(() => undefined)).toBeUndefined();
  });

  test('a callback that led to no token request at all says nothing', () => {
    const tape = createTape('callbacks');
    tape.phase('repeated');
    const end = tape.action('authorize');
    tape.authorize();
    for (let n = 0; n < 2; n += 1) tape.callback({ tampered: 'repeated' });
    end({ result: 'failed' });
    expect(replayed.judge(tape.history(), runFacts())).toBeUndefined();
  });

  test('nor does the callback of a login that the client began anew', () => {
    expect(judge((tape) => tape.callback())).toBeUndefined();
  });

  test('it says when the client was no longer listening', () => {
    expect(judge((tape) => tape.callback({ step: 'lost' }))?.message).toContain('found no listener');
    expect(judge((tape) => tape.callback({ tampered: 'repeated' }))?.message).not.toContain('found no listener');
  });

  /** The honest login sends its code twice, its first request answered so; a callback that comes twice `redeemed` times. */
  const twice = (first: Partial<Response> | null, redeemed: number): Finding | undefined => {
    const tape = createTape('callbacks');
    tape.login({ exchange: { response: first } });
    tape.token();
    tape.phase('repeated');
    const end = tape.action('authorize');
    tape.authorize();
    for (let n = 0; n < 2; n += 1) tape.callback({ tampered: 'repeated' });
    for (let n = 0; n < redeemed; n += 1) tape.token();
    end();
    return replayed.judge(tape.history(), runFacts());
  };

  test('a client that sends every code twice is CODE-03’s, unless it sends this one once', () => {
    expect(twice({}, 2)).toMatchObject({ verdict: 'inconclusive' });
    expect(twice({}, 1)?.verdict).toBe('pass');
  });

  test('a client that sends a code again whose answer was lost does not send every code twice', () => {
    expect(twice({ delivered: 'aborted' }, 2)?.verdict).toBe('fail');
    expect(twice(null, 2)?.verdict).toBe('fail');
  });
});
