import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import newLoginWins from './new-login-wins.check.ts';

const call = (tape: Tape, family: string): number =>
  tape.resource({ accessToken: { ...secret(`AT of ${family}`), family, generation: 0, newest: true, alive: true } });

const refresh = (tape: Tape, family: string): number =>
  tape.token({
    grantType: 'refresh_token',
    code: null,
    verifier: null,
    refreshToken: { ...secret(`RT of ${family}`), family, generation: 1, head: true },
  });

/** A second login, F#2, while a refresh of F#1 is under way; the family that the next call shows, and the one that the refresh after it does. */
function judged(called: string | undefined, refreshed: string | undefined, restarts: boolean) {
  const tape = createTape('login-race');
  tape.phase('login');
  tape.login({ exchange: { response: { issued: { family: 'F#2' } } } });
  const login = tape.history().codeExchanges.at(-1)?.seq ?? 0;
  // The code once more: refused, and not answered at all.
  tape.token({}, { response: { status: 400 } });
  tape.token({}, { response: null });
  tape.phase('after-login');
  tape.resource();
  const used = called === undefined ? 0 : call(tape, called);
  if (restarts) tape.phase('restarted');
  const sent = refreshed === undefined ? 0 : refresh(tape, refreshed);
  return { finding: newLoginWins.judge(tape.history(), runFacts()), login, used, sent };
}

test.each<[string, string | undefined, string | undefined, boolean, string | undefined]>([
  ['keeps the new login', 'F#2', 'F#2', true, 'pass'],
  ['cannot be restarted and keeps the new login', 'F#2', 'F#2', false, 'pass'],
  ['keeps the new login in memory and the old one in its store', 'F#2', 'F#1', true, 'fail'],
  ['goes on with the old connection until it is restarted', 'F#1', 'F#2', true, 'fail'],
  ['has stored nothing', 'F#2', undefined, true, 'pass'],
  ['does nothing any more', undefined, undefined, true, undefined],
])('RACE-10: a client that %s', (_, called, refreshed, restarts, verdict) => {
  expect(judged(called, refreshed, restarts).finding?.verdict).toBe(verdict);
});

test('RACE-10 says when the old token came', () => {
  expect(judged('F#2', 'F#1', true).finding?.message).toContain('After the new login and a restart');
  expect(judged('F#2', 'F#1', false).finding?.message).not.toContain('restart');
});

test('RACE-10 rests on the token that shows it, and on the login', () => {
  const stored = judged('F#2', 'F#1', true);
  expect(stored.finding?.evidence).toEqual([stored.sent, stored.login]);
  const access = judged('F#1', undefined, false);
  expect(access.finding).toMatchObject({ verdict: 'fail', evidence: [access.used, access.login] });
  const kept = judged('F#2', 'F#2', true);
  expect(kept.finding?.evidence).toEqual([kept.sent, kept.login]);
  const called = judged('F#2', undefined, false);
  expect(called.finding?.evidence).toEqual([called.used, called.login]);
});

test('RACE-10 fails a refresh without a token, and says nothing when the login gave none', () => {
  const tape = createTape('login-race');
  tape.phase('login');
  tape.login({ exchange: { response: { issued: { family: 'F#2' } } } });
  tape.phase('after-login');
  tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken: null });
  expect(newLoginWins.judge(tape.history(), runFacts())?.verdict).toBe('fail');
  const refused = createTape('login-race');
  refused.phase('login');
  refused.login({ exchange: { response: { status: 400 } } });
  refused.phase('after-login');
  refresh(refused, 'F#1');
  expect(newLoginWins.judge(refused.history(), runFacts())).toBeUndefined();
});
