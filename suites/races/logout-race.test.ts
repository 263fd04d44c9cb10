import { expect, test } from 'vitest';
import type { Response } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import logoutWins from './logout-wins.check.ts';

interface Course {
  /** How the logout ended, if it did. */
  readonly logout?: 'ok' | 'failed' | 'open';
  /** What the user's next call does. */
  readonly next?: (tape: Tape) => number;
  /** The family is revoked before the end. */
  readonly revoked?: boolean;
  /** What the refresh brought. */
  readonly brings?: NonNullable<Response['issued']> | null;
  /** What the store holds at the end. */
  readonly holds?: readonly string[];
}

/** A logout while the refresh is under way that brings RT#2. */
function judged({ logout = 'ok', next = () => 0, revoked = false, holds = [], brings }: Course) {
  const tape = createTape('logout-race');
  tape.login();
  tape.add({ kind: 'family', family: 'F#1', change: 'created', user: 'U1' });
  tape.phase('logout');
  tape.action('call');
  const end = tape.action('disconnect');
  const sent = tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret('RT#1'), family: 'F#1', generation: 0, head: true },
    },
    brings === null
      ? { response: null }
      : { response: { issued: brings ?? { refreshToken: secret('RT#2'), family: 'F#1' } } },
  );
  const ended = logout === 'open' ? undefined : end({ result: logout });
  if (revoked) tape.add({ kind: 'family', family: 'F#1', change: 'revoked' });
  tape.phase('logged-out');
  const called = tape.action('call');
  const used = next(tape);
  const over = called({ result: 'failed' });
  tape.action('status');
  const seen = tape.add({
    kind: 'state',
    user: 'U1',
    files: [{ name: 'users.json', bytes: 100, mode: '600', exposed: false, holds }],
  });
  return { finding: logoutWins.judge(tape.history(), runFacts()), sent, ended, used, over, seen };
}

const uses = (tape: Tape): number => {
  const accessToken = { ...secret('AT#2'), family: 'F#1', generation: 1, newest: true, alive: true };
  return tape.resource({ accessToken });
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
  expect(judged(course).finding?.verdict).toBe(verdict);
});

test('RACE-09 says in the end that no token was used, and rests on what was asked after the logout', () => {
  const { finding, over } = judged({});
  expect(finding?.evidence[0]).toBe(over);
  // The status was never answered: its beginning stands for it.
  expect(finding?.evidence).toHaveLength(2);
});

test.each<[Course['logout'], string]>([
  ['ok', 'After the logout the client used'],
  ['failed', 'After a logout that did not succeed'],
  ['open', 'After a logout that did not succeed'],
])(
  'RACE-09: after a logout that ends %s the use is decisive, and the end of the logout is evidence if there is one',
  (logout, how) => {
    const { finding, used, ended } = judged({ ...(logout === undefined ? {} : { logout }), next: uses });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: ended === undefined ? [used] : [used, ended] });
    expect(finding?.message).toContain(how);
  },
);

test('RACE-09: what was looked at in the store is decisive, with the answer that brought it', () => {
  const { finding, seen, sent } = judged({ holds: ['RT#2'] });
  expect(finding?.evidence).toEqual([seen, sent + 1]);
});

test.each<[string, Course['brings']]>([
  ['was never answered', null],
  ['brought no refresh token', { family: 'F#1' }],
])('RACE-09: a refresh that %s leaves nothing in the store', (_, brings) => {
  expect(judged({ holds: ['RT#2'], ...(brings === undefined ? {} : { brings }) }).finding?.verdict).toBe('pass');
});

test('RACE-09 says nothing of a logout that never was, and wants a client that can log out', () => {
  expect(logoutWins.judge(createTape('logout-race').history(), runFacts())).toBeUndefined();
});
