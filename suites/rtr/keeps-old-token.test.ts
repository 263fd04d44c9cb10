import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './keeps-old-token.check.ts';

const refresh = (tape: Tape, label: string): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret(label), family: 'F#1', generation: 0, head: true },
    },
    { response: { issued: { accessToken: secret('AT#1'), family: 'F#1', generation: 1 } } },
  );

interface Course {
  /** API requests of the second call with the access token of the first refresh. */
  readonly attempts?: number;
  /** What each of them asks for. */
  readonly paths?: readonly string[];
  /** The token that the second call sends. */
  readonly then?: string;
  readonly reauthorize?: boolean;
}

/** A refresh is answered without a refresh token; then its access token dies, and the client is asked for another call. */
function judged({ attempts = 1, paths = ['/limits'], then, reauthorize }: Course) {
  const tape = createTape('no-new-token');
  tape.login();
  tape.phase('unrotated');
  const first = tape.action('call');
  refresh(tape, 'RT#1');
  first();
  const second = tape.action('call');
  const accessToken = { ...secret('AT#1'), family: 'F#1', generation: 1, newest: true, alive: false };
  for (let n = 0; n < attempts; n += 1) {
    tape.resource({ accessToken }, { request: { path: paths[n % paths.length] ?? '/' }, response: { status: 401 } });
  }
  if (then !== undefined) refresh(tape, then);
  second({ result: then === undefined ? 'failed' : 'ok', ...(reauthorize === undefined ? {} : { reauthorize }) });
  return check.judge(tape.history(), runFacts())?.verdict;
}

test.each<[string, Course, string]>([
  ['sends the stored token', { then: 'RT#1' }, 'pass'],
  ['sends another token', { then: 'RT#9' }, 'fail'],
  ['has no token to present', {}, 'fail'],
  ['has none, and asks for two things', { attempts: 2, paths: ['/limits', '/sobjects'] }, 'fail'],
  ['has none, tries the expired access token twice, and asks for a login', { attempts: 2, reauthorize: true }, 'fail'],
  ['takes a shared answer for a fresh one', { attempts: 2 }, 'inconclusive'],
])('RTR-09: a client that %s', (_, course, verdict) => {
  expect(judged(course)).toBe(verdict);
});
