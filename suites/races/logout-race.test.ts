import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import logoutWins from './logout-wins.check.ts';

interface Course {
  /** How the logout ended. */
  readonly logout?: 'ok' | 'failed';
  /** What the user's next call does. */
  readonly next?: (tape: Tape) => void;
  /** The family is revoked before the end. */
  readonly revoked?: boolean;
  /** What the store holds at the end. */
  readonly holds?: readonly string[];
}

/** A logout while the refresh is under way that brings RT#2. */
function judged({ logout = 'ok', next = () => undefined, revoked = false, holds = [] }: Course) {
  const tape = createTape('logout-race');
  tape.login();
  tape.phase('logout');
  const end = tape.verb('disconnect');
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret('RT#1'), family: 'F#1', generation: 0, head: true },
    },
    { response: { issued: { refreshToken: secret('RT#2'), family: 'F#1' } } },
  );
  end({ result: logout });
  if (revoked) tape.add({ kind: 'family', family: 'F#1', change: 'revoked' });
  tape.phase('logged-out');
  const called = tape.verb('call');
  next(tape);
  called({ result: 'failed' });
  tape.add({
    kind: 'state',
    user: 'U1',
    files: [{ name: 'users.json', bytes: 100, mode: '600', exposed: false, holds }],
  });
  return logoutWins.judge(tape.history(), runFacts());
}

const uses = (tape: Tape): void => {
  const accessToken = { ...secret('AT#2'), family: 'F#1', generation: 1, newest: true, alive: true };
  tape.resource({ accessToken });
};

test.each<[string, Course, 'pass' | 'fail']>([
  ['that forgets everything', {}, 'pass'],
  ['whose logout fails, and that has forgotten everything', { logout: 'failed' }, 'pass'],
  ['that goes on with the new token', { next: uses }, 'fail'],
  ['whose logout fails, and that goes on with the new token', { logout: 'failed', next: uses }, 'fail'],
  ['that keeps the new token in its store', { holds: ['AT#2', 'RT#2'] }, 'fail'],
  ['that keeps a token which it has revoked', { holds: ['RT#2'], revoked: true }, 'pass'],
  ['that keeps the token of the login', { holds: ['RT#1'] }, 'pass'],
])('RACE-09: a client %s', (_, course, verdict) => {
  expect(judged(course)?.verdict).toBe(verdict);
});
