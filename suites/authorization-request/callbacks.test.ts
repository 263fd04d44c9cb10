import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import { createTape, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import errorCallback from './error-callback.check.ts';
import missingState from './missing-state.check.ts';
import replayed from './replayed-callback.check.ts';
import unknownError from './unknown-error.check.ts';
import wrongState from './wrong-state.check.ts';
import wrongIssuer from '../code-handling/wrong-issuer.check.ts';

/** A login whose callback was changed; `redeemed` says whether the client went on. */
function tampered(tape: Tape, tag: string, redeemed: boolean): void {
  const end = tape.verb('authorize');
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
      const end = tape.verb('authorize');
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
      const end = tape.verb('authorize');
      tape.authorize();
      tape.callback({ tampered: tag });
      tape.authorize();
      tape.callback();
      tape.token();
      end();
    });
    expect(finding?.verdict).toBe('pass');
  });

  test('a client that does not redeem honest callbacks either was not put to the test', () => {
    const finding = judge((tape) => {
      tape.login({ exchange: { response: { status: 400 } }, end: { result: 'failed' } });
      tape.phase(phase);
      tampered(tape, tag, false);
    });
    expect(finding).toBeUndefined();
  });

  test('nor was one whose listener was gone', () => {
    const finding = judge((tape) => {
      tape.login();
      tape.phase(phase);
      const end = tape.verb('authorize');
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
    const end = tape.verb('authorize');
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
});

describe('AZ-07', () => {
  const judge = (
    write: (tape: Tape, end: ReturnType<Tape['verb']>) => void,
    driver = 'adapter',
  ): Finding | undefined => {
    const tape = createTape('errors');
    tape.login();
    for (const [phase, error] of [
      ['denied', 'access_denied'],
      ['denied-hyphen', 'access-denied'],
    ] as const) {
      tape.phase(phase);
      const end = tape.verb('authorize');
      tape.authorize();
      tape.callback({ error });
      if (phase === 'denied-hyphen') write(tape, end);
      else end({ result: 'failed' });
    }
    return errorCallback.judge(tape.history(), runFacts({}, driver));
  };

  test('an error that is told passes', () => {
    expect(judge((_, end) => end({ result: 'failed' }))?.verdict).toBe('pass');
  });

  test('a token request, a death, silence and a claimed success fail, also with the hyphen only', () => {
    expect(
      judge((tape, end) => {
        tape.token({ code: null });
        end({ result: 'failed' });
      })?.verdict,
    ).toBe('fail');
    expect(
      judge((tape, end) => {
        end({ result: 'died' });
        tape.dies();
      })?.message,
    ).toContain('died');
    expect(
      judge((tape, end) => {
        tape.dies(true);
        end({ result: 'died' });
      })?.message,
    ).toContain('never answered');
    expect(judge((_, end) => end())?.verdict).toBe('fail');
  });

  test('a web page is no claim of success', () => {
    expect(judge((_, end) => end(), 'http')?.verdict).toBe('pass');
  });

  test('asking again once is noted, a loop fails', () => {
    const again = (times: number) =>
      judge((tape, end) => {
        for (let n = 0; n < times; n += 1) {
          tape.authorize();
          tape.callback({ error: 'access-denied' });
        }
        end({ result: 'failed' });
      });
    expect(again(1)?.verdict).toBe('warn');
    expect(again(2)?.verdict).toBe('fail');
  });
});

describe('AZ-08', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('errors');
    tape.login();
    tape.phase('unknown-error');
    const end = tape.verb('authorize');
    tape.authorize();
    tape.callback({ error: 'OAUTH_UNHEARD_OF' });
    write(tape);
    end({ result: 'failed' });
    return unknownError.judge(tape.history(), runFacts());
  };

  test('a page without markup passes, one with it fails, an unseen one is for a person', () => {
    expect(judge((tape) => tape.callback({ step: 'page', status: 400, markup: [] }))?.verdict).toBe('pass');
    expect(judge((tape) => tape.callback({ step: 'page', markup: ['error_description'] }))?.verdict).toBe('fail');
    expect(judge(() => undefined)?.verdict).toBe('review');
  });

  test('a death fails', () => {
    expect(judge((tape) => tape.dies())?.verdict).toBe('fail');
  });
});
