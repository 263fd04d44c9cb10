import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
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
  tape.phase('after-login');
  if (called !== undefined) call(tape, called);
  if (restarts) tape.phase('restarted');
  if (refreshed !== undefined) refresh(tape, refreshed);
  return newLoginWins.judge(tape.history(), runFacts());
}

test.each<[string, string | undefined, string | undefined, boolean, string | undefined]>([
  ['keeps the new login', 'F#2', 'F#2', true, 'pass'],
  ['cannot be restarted and keeps the new login', 'F#2', 'F#2', false, 'pass'],
  ['keeps the new login in memory and the old one in its store', 'F#2', 'F#1', true, 'fail'],
  ['goes on with the old connection until it is restarted', 'F#1', 'F#2', true, 'fail'],
  ['has stored nothing', 'F#2', undefined, true, 'pass'],
  ['does nothing any more', undefined, undefined, true, undefined],
])('RACE-10: a client that %s', (_, called, refreshed, restarts, verdict) => {
  expect(judged(called, refreshed, restarts)?.verdict).toBe(verdict);
});

test('RACE-10 says when the old token came', () => {
  expect(judged('F#2', 'F#1', true)?.message).toContain('After the new login and a restart');
  expect(judged('F#2', 'F#1', false)?.message).not.toContain('restart');
});
