import { describe, expect, test } from 'vitest';
import type { Check, Finding } from '../../src/grade/check.ts';
import type { ClientAuthenticationFacts, TokenFacts } from '../../src/history/facts.ts';
import invalidClient from '../client-auth/invalid-client.check.ts';
import { createTape, verifierOf, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import verifierRefused from '../pkce/verifier-refused.check.ts';
import expiredCode from './expired-code.check.ts';
import lostAnswer from './lost-answer.check.ts';

const CASES = [
  { check: expiredCode, phase: 'expired-code', fault: 'expired-code' },
  { check: verifierRefused, phase: 'invalid-verifier', fault: 'invalid-verifier' },
  { check: invalidClient, phase: 'invalid-client', fault: 'invalid-client' },
  { check: lostAnswer, phase: 'lost-answer', fault: 'reset-after-commit' },
];

const BASIC: ClientAuthenticationFacts = {
  clientId: { in: 'basic', known: true },
  body: 'absent',
  query: 'absent',
  basic: 'valid',
  authorizationScheme: 'basic',
  assertion: false,
};

interface Played {
  readonly check: Check;
  readonly phase: string;
  readonly fault: string;
  readonly first?: Partial<TokenFacts>;
  readonly driver?: string;
}

/** A login whose token request is struck by the fault; then what `write` does. */
function judged(
  { check, phase, fault, first = {}, driver = 'adapter' }: Played,
  write: (tape: Tape, end: ReturnType<Tape['action']>) => void,
): Finding | undefined {
  const tape = createTape('refused-codes');
  tape.login();
  tape.phase(phase);
  const end = tape.action('authorize');
  tape.authorize();
  tape.callback();
  tape.token(first, { response: { status: 400, fault } });
  write(tape, end);
  return check.judge(tape.history(), runFacts({}, driver));
}

const refused = { response: { status: 400, fault: 'x' } } as const;

describe.each(CASES)('$check.id', (one) => {
  test('an error that is reported passes', () => {
    expect(judged(one, (_, end) => end({ result: 'failed' }))?.verdict).toBe('pass');
  });

  test('a new login passes', () => {
    const finding = judged(one, (tape, end) => {
      tape.authorize();
      tape.callback();
      tape.token();
      end();
    });
    expect(finding?.verdict).toBe('pass');
  });

  test('a code that is sent on and on fails', () => {
    const finding = judged(one, (tape, end) => {
      for (let n = 0; n < 3; n += 1) tape.token({}, refused);
      end({ result: 'failed' });
    });
    expect(finding?.verdict).toBe('fail');
  });

  test('silence, a death and a claimed success fail', () => {
    expect(
      judged(one, (tape, end) => {
        tape.dies(true);
        end({ result: 'died' });
      })?.message,
    ).toContain('never answered');
    expect(
      judged(one, (tape, end) => {
        end({ result: 'died' });
        tape.dies();
      })?.message,
    ).toContain('crashed');
    expect(judged(one, (_, end) => end())?.message).toContain('a successful login');
  });

  test('silence after a login that was left unanswered stays open: the harness does not wait as long', () => {
    const again = (more: (tape: Tape) => void): Finding | undefined => {
      const tape = createTape('refused-codes');
      tape.login();
      tape.phase('before');
      tape.action('authorize')({ result: 'interrupted' });
      tape.phase(one.phase);
      const end = tape.action('authorize');
      tape.authorize();
      tape.callback();
      tape.token({}, { response: { status: 400, fault: one.fault } });
      more(tape);
      end({ result: 'interrupted' });
      return one.check.judge(tape.history(), runFacts());
    };
    expect(again(() => undefined)).toMatchObject({ verdict: 'inconclusive' });
    expect(
      again((tape) => {
        for (let n = 0; n < 3; n += 1) tape.token({}, refused);
      })?.verdict,
    ).toBe('fail');
  });

  test('a web page is no claim of success', () => {
    expect(judged({ ...one, driver: 'http' }, (_, end) => end())?.verdict).toBe('pass');
  });

  test('a login that the fault never met was not exercised', () => {
    const played: readonly ((tape: Tape) => void)[] = [
      (tape) => tape.login(),
      (tape) => tape.login({ exchange: { response: null } }),
      // It stopped before its token request; or was not even asked.
      (tape) => {
        const end = tape.action('authorize');
        tape.authorize();
        end({ result: 'failed' });
      },
      () => undefined,
    ];
    for (const write of played) {
      const tape = createTape('refused-codes');
      tape.phase(one.phase);
      write(tape);
      expect(one.check.judge(tape.history(), runFacts())).toBeUndefined();
    }
  });

  test('a client that begins a new login has reported the refusal, however that login ends', () => {
    for (const result of ['timed-out', 'ok'] as const) {
      const finding = judged(one, (tape, end) => {
        tape.authorize();
        end({ result });
      });
      expect(finding?.verdict).toBe('pass');
    }
  });

  test('what hides the refusal is the decisive evidence', () => {
    const finding = judged(one, (_, end) => end());
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [16, 14] });
  });
});

test('one repetition of a lost answer, or of refused credentials, is allowed; of a refused code it is not', () => {
  const verdicts = CASES.map((one) => [
    one.check.id,
    judged(one, (tape, end) => {
      tape.token({}, refused);
      end({ result: 'failed' });
    })?.verdict,
  ]);
  expect(Object.fromEntries(verdicts)).toEqual({
    'CODE-04': 'fail',
    'PKCE-15': 'fail',
    'CA-11': 'pass',
    'CODE-05': 'pass',
  });
});

test('a repetition with the credentials moved is CODE-10’s alone', () => {
  for (const one of CASES) {
    const finding = judged({ ...one, first: { auth: BASIC } }, (tape, end) => {
      tape.token({}, refused);
      end({ result: 'failed' });
    });
    expect(finding?.verdict).toBe('pass');
  }
});

test('PKCE-15 fails a refused verifier that serves the next login', () => {
  const finding = judged({ ...CASES[1]!, first: { verifier: verifierOf(1) } }, (tape, end) => {
    tape.authorize();
    tape.callback();
    tape.token({ verifier: verifierOf(1) });
    end();
  });
  expect(finding?.verdict).toBe('fail');
});

test.each(['valid', 'wrong', 'empty'] as const)(
  'CA-11 fails a public client that falls back to a %s secret',
  (body) => {
    const finding = judged(CASES[2]!, (tape, end) => {
      tape.token({ auth: { ...BASIC, basic: 'absent', authorizationScheme: null, body } }, refused);
      end({ result: 'failed' });
    });
    expect(finding?.message).toContain('secret');
  },
);

describe('CODE-05', () => {
  const lost = CASES[3]!;

  test('success is no lie when the second attempt was answered with tokens', () => {
    const again = (...answers: readonly ({ readonly status: number } | null)[]): Finding | undefined =>
      judged(lost, (tape, end) => {
        for (const response of answers) tape.token({}, { response });
        end();
      });
    expect(again({ status: 200 })).toMatchObject({ verdict: 'pass', evidence: [14, 16] });
    expect(again({ status: 200 })?.message).toContain('once more');
    expect(again({ status: 400 })?.verdict).toBe('fail');
    expect(again(null)?.verdict).toBe('fail');
  });

  test('two new logins are a second try, three a loop', () => {
    const begun = (times: number): Finding | undefined =>
      judged(lost, (tape, end) => {
        for (let n = 0; n < times; n += 1) tape.authorize();
        end({ result: 'failed' });
      });
    // The authorization request of the login itself is none of them.
    expect(begun(2)).toMatchObject({ verdict: 'pass', evidence: [14, 16, 18] });
    expect(begun(3)).toMatchObject({ verdict: 'fail', evidence: [16, 18, 20] });
  });
});

describe('CODE-04', () => {
  /** The honest login sends its code `honest` times, the one whose code has expired `expired` times. */
  const sent = (honest: number, expired: number): Finding | undefined => {
    const tape = createTape('refused-codes');
    tape.login();
    for (let n = 1; n < honest; n += 1) tape.token({}, { response: { status: 400 } });
    tape.phase('expired-code');
    const end = tape.action('authorize');
    tape.authorize();
    tape.callback();
    for (let n = 0; n < expired; n += 1) tape.token({}, { response: { status: 400, fault: 'expired-code' } });
    end({ result: 'failed' });
    return expiredCode.judge(tape.history(), runFacts());
  };

  test('a client that sends every code twice shows nothing about expired ones, unless it sends those once', () => {
    expect(sent(2, 2)).toMatchObject({ verdict: 'inconclusive' });
    expect(sent(2, 1)?.verdict).toBe('pass');
    expect(sent(1, 2)?.verdict).toBe('fail');
  });

  test('where callbacks are not seen, as with a person’s own browser, the first login of the phase counts', () => {
    const tape = createTape('refused-codes');
    tape.phase('expired-code');
    const end = tape.action('authorize');
    tape.authorize();
    tape.token({}, { response: { status: 400, fault: 'expired-code' } });
    tape.authorize();
    tape.token();
    end();
    expect(expiredCode.judge(tape.history(), runFacts({}, 'manual'))).toMatchObject({
      verdict: 'pass',
      evidence: [6, 8, 12],
    });
  });

  test('it says whether a new login followed', () => {
    expect(sent(1, 1)?.message).not.toContain('new login');
    const finding = judged(CASES[0]!, (tape, end) => {
      tape.login();
      end();
    });
    expect(finding?.message).toContain('new login');
  });
});
