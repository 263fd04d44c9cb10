import { expect, test } from 'vitest';
import { scenarioHistory } from '../../src/history/query.ts';
import { createTape, verifierOf, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './public-strict-login.check.ts';

const judge = (write: (tape: Tape) => void) => {
  const tape = createTape('strict');
  write(tape);
  return check.judge(tape.history(), runFacts());
};
const denied = (deniedBy: string) => ({ response: { status: 400, deniedBy } });

test('a login that the strict server let through passes, and names the exchange', () => {
  const finding = judge((tape) => {
    tape.authorize();
    tape.token({}, { response: { status: 503 } });
    tape.token();
  });
  expect(finding).toMatchObject({ verdict: 'pass', evidence: [6] });
});

test('nothing is said of a login that never came to tokens, was not answered, or met no strict server', () => {
  expect(judge((tape) => tape.authorize())).toBeUndefined();
  expect(judge((tape) => tape.authorize({}, { response: null }))).toBeUndefined();
  expect(judge((tape) => tape.token({}, { response: null }))).toBeUndefined();
  expect(judge((tape) => tape.token({}, { response: { status: 503 } }))).toBeUndefined();
  const tape = createTape('strict');
  tape.login();
  const events = tape
    .history()
    .events.map((event) => (event.kind === 'scenario-begin' ? { ...event, mode: 'observing' as const } : event));
  expect(check.judge(scenarioHistory('strict', events), runFacts())).toBeUndefined();
});

test('a secret that was refused fails, with request and answer', () => {
  const finding = judge((tape) => {
    tape.authorize();
    tape.token({}, denied('secret-from-public'));
  });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [4, 5] });
});

test.each([
  ['missing-challenge', 'PKCE-01'],
  ['challenge-method', 'PKCE-02'],
  ['malformed-challenge', 'PKCE-03'],
  ['response-type', 'AZ-01'],
  ['redirect-mismatch', 'AZ-02'],
  ['redirect-missing', 'AZ-02'],
])('an authorization request refused by %s is left to %s', (rule, blockedBy) => {
  expect(judge((tape) => tape.authorize({}, denied(rule)))).toEqual({
    ...{ verdict: 'inconclusive', evidence: [2], blockedBy },
    message: `The strict server refused the login for another reason: ${rule}.`,
  });
});

test.each([
  ['missing-verifier', 'PKCE-04'],
  ['malformed-verifier', 'PKCE-05'],
  ['wrong-verifier', 'PKCE-07'],
  ['scope-on-refresh', 'RTR-15'],
])('a code exchange refused by %s is left to %s', (rule, blockedBy) => {
  const finding = judge((tape) => {
    tape.authorize();
    tape.token({}, denied(rule));
  });
  expect(finding).toMatchObject({ verdict: 'inconclusive', evidence: [4], blockedBy });
});

test('a verifier that is malformed because of its characters is left to PKCE-06; another rule is not', () => {
  const refused = (rule: string) =>
    judge((tape) => {
      const verifier = verifierOf(tape.authorize(), { unreserved: false });
      tape.token({ verifier }, denied(rule));
    });
  expect(refused('malformed-verifier')).toMatchObject({ blockedBy: 'PKCE-06' });
  expect(refused('wrong-verifier')).toMatchObject({ blockedBy: 'PKCE-07' });
});

test('a rule that no check speaks of blocks nothing', () => {
  expect(judge((tape) => tape.authorize({}, denied('unknown-client')))).toEqual({
    ...{ verdict: 'inconclusive', evidence: [2] },
    message: 'The strict server refused the login for another reason: unknown-client.',
  });
});
