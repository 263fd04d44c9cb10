import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import check from './unreachable.check.ts';

const use = (tape: Tape, status: number): number =>
  tape.resource(
    { accessToken: { ...secret('AT#1'), family: 'F#1', generation: 0, newest: true, alive: status === 200 } },
    { response: { status } },
  );

interface Course {
  /** What the API answered while the token endpoint was away; null: it was not asked. */
  readonly api?: number | null;
  readonly end?: 'ok' | 'failed';
  readonly reauthorize?: boolean;
  /** Whether the next call refreshes. */
  readonly refreshes?: boolean;
  readonly last?: 'ok' | 'failed';
}

function judged({ api = 401, end = 'failed', reauthorize = false, refreshes = true, last = 'ok' }: Course) {
  const tape = createTape('outages');
  tape.login();
  tape.phase('unreachable');
  const call = tape.verb('call');
  if (api !== null) use(tape, api);
  call({ result: end, ...(reauthorize ? { reauthorize } : {}) });
  tape.phase('unreachable-over');
  const next = tape.verb('call');
  if (refreshes) {
    const refreshToken = { ...secret('RT#1'), family: 'F#1', generation: 0, head: true };
    tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken });
  }
  next({ result: last });
  return check.judge(tape.history(), runFacts())?.verdict;
}

test.each<[string, Course, string | undefined]>([
  ['learns from the API that its session is dead', {}, 'pass'],
  ['refreshes before it asks the API', { api: null }, 'pass'],
  ['asks for a login', { reauthorize: true }, 'fail'],
  ['refreshes before it asks the API, and asks for a login', { api: null, reauthorize: true }, 'fail'],
  ['never refreshes again', { refreshes: false, last: 'failed' }, 'fail'],
  [
    'would refresh before it asks the API, and never does again',
    { api: null, refreshes: false, last: 'failed' },
    'fail',
  ],
  ['fails for another reason', { api: 500 }, undefined],
  ['noticed nothing', { api: 200, end: 'ok', refreshes: false }, undefined],
])('RES-09: a client that %s', (_, course, verdict) => {
  expect(judged(course)).toBe(verdict);
});
