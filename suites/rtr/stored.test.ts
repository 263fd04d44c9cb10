import { describe, expect, test } from 'vitest';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import { secret, type Tape } from '../../test-kit/tape.ts';
import noStaleWrite from './no-stale-write.check.ts';
import { giving, judge, old, refresh, refused, token, use } from './rotation.test-support.ts';
import storedBeforeUse from './stored-before-use.check.ts';
import storedDurably from './stored-durably.check.ts';

const session = { persistence: 'session' } as const;

describe('RTR-04', () => {
  const restarted = (write: (tape: Tape) => void) => (tape: Tape) => {
    refresh(tape, token(1));
    tape.phase('restart');
    tape.phase('after-restart');
    write(tape);
  };

  test.each<[string, SentRefreshToken | null, string]>([
    ['the newest token', token(2), 'pass'],
    ['an old one', old(1), 'fail'],
    ['none', null, 'fail'],
  ])('the first refresh after the restart, with %s, decides', (_, sent, verdict) => {
    const course = restarted((tape) => [refresh(tape, sent), refresh(tape, sent === null ? token(1) : null)]);
    expect(judge(storedDurably, course)).toMatchObject({ verdict, evidence: [6] });
  });

  const asking = restarted((tape) => {
    tape.action('status')({ result: 'failed' });
    tape.action('call')({ result: 'failed', reauthorize: true });
  });

  test('a client that has to be connected again is warned, or excused when it says that it keeps nothing', () => {
    expect(judge(storedDurably, asking)).toMatchObject({
      verdict: 'warn',
      evidence: [9],
      remedy: expect.stringContaining('persistence') as string,
    });
    expect(judge(storedDurably, asking, session)).toMatchObject({ verdict: 'skip', evidence: [9] });
  });

  test('what became of the newest token is said as the history holds it', () => {
    const after = (write: (tape: Tape) => void) =>
      judge(storedDurably, (tape) => {
        tape.login();
        refresh(tape, token(1), giving(2));
        write(tape);
        tape.phase('restart');
        tape.phase('after-restart');
        tape.action('call')({ result: 'failed', reauthorize: true });
      });
    expect(after(() => undefined)).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining('although RT#2 was still valid') as string,
    });
    expect(
      after((tape) => tape.add({ kind: 'family', family: 'F#1', change: 'revoked', reason: 'reuse' })),
    ).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('the token family of RT#2 had been revoked') as string,
      broken: expect.arrayContaining(['chain-kept']) as string[],
    });
  });

  test.each<[string, (tape: Tape) => void]>([
    ['asked nothing', () => undefined],
    [
      'answered a call without a refresh',
      (tape) => [tape.action('status')({ result: 'failed' }), tape.action('call')()],
    ],
    ['never answered one', (tape) => [tape.action('status')({ result: 'failed' }), tape.action('call')]],
  ])('a client that was %s after the restart says nothing', (_, write) => {
    expect(judge(storedDurably, restarted(write))).toBeUndefined();
  });

  test('without a restart, or a refresh that succeeded before it, nothing is said', () => {
    expect(judge(storedDurably, (tape) => [refresh(tape, token(1)), refresh(tape, old(1))])).toBeUndefined();
    const late = (tape: Tape): void => {
      refresh(tape, token(1), refused);
      tape.phase('restart');
      tape.phase('after-restart');
      refresh(tape, token(1));
    };
    expect(judge(storedDurably, late)).toBeUndefined();
  });
});

describe('RTR-05', () => {
  const crashed =
    (write: (tape: Tape) => void, status = 200) =>
    (tape: Tape) => {
      tape.phase('crash');
      use(tape, 2, status);
      tape.phase('after-crash');
      write(tape);
    };

  test.each<[string, SentRefreshToken | null, string]>([
    ['the newest token', token(2), 'pass'],
    ['an old one', old(1), 'fail'],
    ['none', null, 'fail'],
  ])('the first refresh after the crash, with %s, decides', (_, sent, verdict) => {
    const course = crashed((tape) => [refresh(tape, sent), refresh(tape, sent === null ? token(1) : null)]);
    expect(judge(storedBeforeUse, course)).toMatchObject({ verdict, evidence: [6] });
  });

  test('a client that has to be connected again is warned, or excused when it says that it keeps nothing', () => {
    const asking = crashed((tape) => [
      tape.action('status')({ result: 'failed' }),
      tape.action('call')({ result: 'failed' }),
    ]);
    expect(judge(storedBeforeUse, asking)).toMatchObject({ verdict: 'warn', evidence: [7, 9] });
    expect(judge(storedBeforeUse, asking, session)).toMatchObject({ verdict: 'skip', evidence: [7, 9] });
  });

  test.each<[string, (tape: Tape) => void]>([
    ['asked nothing', () => undefined],
    [
      'answered a call without a refresh',
      (tape) => [tape.action('status')({ result: 'failed' }), tape.action('call')()],
    ],
    ['never answered one', (tape) => [tape.action('status')({ result: 'failed' }), tape.action('call')]],
  ])('a client that was %s after the crash says nothing', (_, write) => {
    expect(judge(storedBeforeUse, crashed(write))).toBeUndefined();
  });

  test('what was not used need not have been stored', () => {
    const sendsOld = (tape: Tape): number => refresh(tape, old(1));
    expect(judge(storedBeforeUse, crashed(sendsOld, 401))).toBeUndefined();
    const newest = { ...secret('AT#2'), family: 'F#1', generation: 1, newest: true, alive: false };
    const unused = (accessToken: typeof newest | null) => (tape: Tape) => {
      tape.phase('crash');
      tape.resource({ accessToken });
      tape.phase('after-crash');
      sendsOld(tape);
    };
    expect(judge(storedBeforeUse, unused(newest))).toBeUndefined();
    expect(judge(storedBeforeUse, unused({ ...newest, newest: false, alive: true }))).toBeUndefined();
    expect(judge(storedBeforeUse, unused(null))).toBeUndefined();
    const before = (tape: Tape): void => {
      use(tape, 2);
      tape.phase('crash');
      tape.phase('after-crash');
      sendsOld(tape);
    };
    expect(judge(storedBeforeUse, before)).toBeUndefined();
  });

  test('a client that was not started again says nothing', () => {
    const course = (tape: Tape): void => {
      tape.phase('crash');
      use(tape, 2);
      refresh(tape, old(1));
      tape.action('call')({ result: 'failed' });
    };
    expect(judge(storedBeforeUse, course)).toBeUndefined();
  });
});

describe('RTR-08', () => {
  const saving =
    (answer: typeof refused | undefined, ...afterwards: readonly (SentRefreshToken | null)[]) =>
    (tape: Tape) => {
      tape.phase('late-save');
      refresh(tape, token(1), answer);
      tape.phase('after-late-save');
      for (const sent of afterwards) refresh(tape, sent);
    };

  test('the newest tokens pass; an old one, or none, fails, also behind the restart', () => {
    expect(judge(noStaleWrite, saving(undefined, token(2), token(3)))).toMatchObject({
      verdict: 'pass',
      evidence: [6, 8],
    });
    expect(judge(noStaleWrite, saving(undefined, token(2), old(1)))).toMatchObject({ verdict: 'fail', evidence: [8] });
    expect(judge(noStaleWrite, saving(undefined, token(2), null))).toMatchObject({ verdict: 'fail', evidence: [8] });
  });

  test('one rotation before it is enough', () => {
    const twice = (tape: Tape): void => {
      tape.phase('late-save');
      refresh(tape, token(1));
      refresh(tape, old(1), refused);
      tape.phase('after-late-save');
      refresh(tape, token(2));
    };
    expect(judge(noStaleWrite, twice)?.verdict).toBe('pass');
  });

  test('without a rotation before it, or a refresh after it, nothing is said', () => {
    expect(judge(noStaleWrite, saving(refused, old(1)))).toBeUndefined();
    expect(judge(noStaleWrite, saving(undefined))).toBeUndefined();
  });
});
