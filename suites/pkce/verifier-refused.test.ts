import { expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import { createTape, secret, verifierOf, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './verifier-refused.check.ts';

const refusal = { response: { status: 400, error: 'invalid_grant', fault: 'invalid-verifier' } } as const;
const [code, verifier] = [{ ...secret('CODE#1'), login: null, uses: 1 }, verifierOf(1)];

/** A login whose verifier is refused (token request 14 after a plain login, its end 16 or later); `before` is that login, `then` is what follows. */
function judged(
  then: (tape: Tape) => void,
  before: (tape: Tape) => void = (tape) => tape.login(),
): Finding | undefined {
  const tape = createTape('refused-codes');
  before(tape);
  tape.phase('invalid-verifier');
  const end = tape.action('authorize');
  const login = tape.authorize();
  tape.callback();
  tape.token({ verifier: verifierOf(login) }, refusal);
  then(tape);
  end({ result: 'failed' });
  return check.judge(tape.history(), runFacts());
}

test('PKCE-15: an error that is reported, or a new login with a new verifier, passes', () => {
  expect(judged(() => undefined)).toMatchObject({ verdict: 'pass', evidence: [14, 16] });
  const anew = (tape: Tape): void => {
    tape.authorize();
    tape.token();
  };
  expect(judged(anew)).toMatchObject({
    verdict: 'pass',
    message: expect.stringContaining('began a new login') as string,
    evidence: [14, 16, 20],
  });
});

test('PKCE-15: the same code again fails; for a client that sends every code twice, it shows nothing', () => {
  const again = (tape: Tape): number => tape.token({}, refusal);
  expect(judged(again)).toMatchObject({ verdict: 'fail', evidence: [14, 16] });
  const twice = (tape: Tape): void => {
    tape.authorize();
    tape.token();
    tape.token();
  };
  expect(judged(again, twice)).toMatchObject({ verdict: 'inconclusive', evidence: [13] });
  expect(judged(() => undefined, twice)?.verdict).toBe('pass');
});

test.each([
  ['with another code', { code }],
  ['without a code', { code: null }],
])('PKCE-15: the refused verifier %s fails', (_, facts) => {
  const reuse = (tape: Tape): void => {
    tape.token({ ...facts, verifier: verifierOf(11) });
  };
  expect(judged(reuse)).toMatchObject({ verdict: 'fail', evidence: [16, 14] });
});

test('PKCE-15: another code without a verifier, or with its own, is no reuse', () => {
  const others = (tape: Tape): void => {
    tape.token({ code, verifier: null });
    tape.token({ code, verifier });
  };
  expect(judged(others)?.verdict).toBe('pass');
});

test('PKCE-15: a success that is claimed, and a login without a verifier', () => {
  const tape = createTape('refused-codes');
  tape.phase('invalid-verifier');
  const end = tape.action('authorize');
  tape.authorize();
  tape.token({}, refusal);
  end();
  expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'fail', evidence: [8, 6] });
  const without = createTape('refused-codes');
  without.phase('invalid-verifier');
  const over = without.action('authorize');
  without.authorize();
  without.token({ verifier: null }, refusal);
  over({ result: 'failed' });
  expect(check.judge(without.history(), runFacts())).toBeUndefined();
  expect(check.judge(createTape('refused-codes').history(), runFacts())).toBeUndefined();
});
