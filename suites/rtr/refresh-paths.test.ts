import { describe, expect, test } from 'vitest';
import type { Tape } from '../../test-kit/tape.ts';
import everyPath from './every-path-stores.check.ts';
import noExpiresIn from './no-expires-in.check.ts';
import notTooOften from './not-too-often.check.ts';
import { judge, old, refresh, refused, token, use } from './rotation.test-support.ts';

const called = (tape: Tape, result: 'ok' | 'failed' = 'ok'): number => tape.action('call')({ result });

describe('RTR-06', () => {
  const course = (write: (tape: Tape) => void) => (tape: Tape) => {
    tape.phase('by-call');
    refresh(tape, token(1));
    write(tape);
  };

  test.each(['on-demand', 'by-status', 'at-start'])(
    'a path "%s" that refreshes, and the call after it, pass',
    (path) => {
      const other = (tape: Tape): void => {
        tape.phase(path);
        refresh(tape, token(2));
        refresh(tape, token(3));
      };
      expect(judge(everyPath, course(other))).toMatchObject({
        verdict: 'pass',
        message: expect.stringContaining(`refresh token: by-call, ${path}`) as string,
        evidence: [3, 6, 8],
      });
    },
  );

  test('a path on which only the call after it refreshed is none of the client’s', () => {
    const one = (tape: Tape): void => {
      tape.phase('on-demand');
      refresh(tape, token(2));
    };
    expect(judge(everyPath, course(one))).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('Only one code path was seen') as string,
      evidence: [3, 6],
    });
  });

  test('the first old token after a refresh on another path fails, and both paths are named', () => {
    const dropped = (tape: Tape): void => {
      tape.phase('by-status');
      refresh(tape, token(2));
      refresh(tape, old(2));
      tape.phase('at-start');
      refresh(tape, old(2));
    };
    expect(judge(everyPath, course(dropped))).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/After a refresh by a status query a refresh by a call sent/) as string,
      evidence: [8, 6],
    });
  });

  test('a path of its own that sends an old token after a call fails too', () => {
    const stale = (tape: Tape): void => {
      tape.phase('on-demand');
      refresh(tape, old(1));
      refresh(tape, token(2));
    };
    expect(judge(everyPath, course(stale))).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/After a refresh by a call a refresh on demand sent/) as string,
    });
  });

  test('an old token on the only path, or before any refresh, is for the checks of the chain', () => {
    const same = (tape: Tape): void => {
      refresh(tape, token(2));
      refresh(tape, old(2));
    };
    expect(judge(everyPath, course(same))).toBeUndefined();
    const atLogin = (tape: Tape): void => {
      refresh(tape, null);
      refresh(tape, token(1));
      refresh(tape, token(2));
      tape.phase('by-call');
    };
    expect(judge(everyPath, atLogin)).toBeUndefined();
  });

  test('one refresh that succeeded shows nothing of the paths', () => {
    expect(
      judge(
        everyPath,
        course((tape) => refresh(tape, old(1), refused)),
      ),
    ).toBeUndefined();
  });
});

describe('RTR-10', () => {
  const valid = (write: (tape: Tape) => void) => (tape: Tape) => {
    write(tape);
    tape.phase('chain');
    called(tape, 'failed');
    for (let n = 1; n < 5; n += 1) refresh(tape, token(n));
  };

  test('calls that work pass, also when each refreshes once and another action fails', () => {
    const course = (tape: Tape): void => {
      refresh(tape, token(1));
      called(tape);
      refresh(tape, token(2));
      called(tape);
      tape.action('status')({ result: 'failed' });
      tape.action('call');
    };
    expect(judge(noExpiresIn, valid(course))).toMatchObject({ verdict: 'pass', evidence: [5, 9] });
  });

  test('a call that fails right after the login fails it, and so does a refresh more than there were calls', () => {
    const failing = (tape: Tape): void => {
      called(tape);
      called(tape, 'failed');
    };
    expect(judge(noExpiresIn, valid(failing))).toMatchObject({ verdict: 'fail', evidence: [5] });
    const looping = (tape: Tape): void => {
      called(tape);
      refresh(tape, token(1));
      refresh(tape, token(2));
    };
    expect(judge(noExpiresIn, valid(looping))).toMatchObject({ verdict: 'fail', evidence: [4, 6] });
  });

  test('without a call that was answered it is not exercised', () => {
    expect(
      judge(
        noExpiresIn,
        valid(() => undefined),
      ),
    ).toBeUndefined();
    expect(
      judge(
        noExpiresIn,
        valid((tape) => tape.action('call')),
      ),
    ).toBeUndefined();
    expect(
      judge(
        noExpiresIn,
        valid((tape) => tape.action('status')()),
      ),
    ).toBeUndefined();
  });
});

describe('RTR-11', () => {
  const valid = (write: (tape: Tape) => void) => (tape: Tape) => {
    tape.phase('valid');
    write(tape);
    tape.phase('chain');
    refresh(tape, token(1));
  };
  const calls = (tape: Tape): void => {
    called(tape);
    use(tape, 1);
    called(tape);
  };

  test('two calls without a refresh pass, one refresh between them fails', () => {
    expect(judge(notTooOften, valid(calls))).toMatchObject({ verdict: 'pass', evidence: [5] });
    const refreshing = (tape: Tape): void => {
      calls(tape);
      refresh(tape, token(1));
    };
    expect(judge(notTooOften, valid(refreshing))).toMatchObject({ verdict: 'fail', evidence: [9] });
  });

  test('one call, or calls that failed or were never answered, say nothing', () => {
    const few = (tape: Tape): void => {
      called(tape);
      called(tape, 'failed');
      tape.action('call');
    };
    expect(judge(notTooOften, valid(few))).toBeUndefined();
  });
});
