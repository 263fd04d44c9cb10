import { expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { ActionEnd } from '../../src/history/event.ts';
import type { TokenFacts } from '../../src/history/facts.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
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
  const call = tape.action('call');
  if (api !== null) use(tape, api);
  call({ result: end, ...(reauthorize ? { reauthorize } : {}) });
  tape.phase('unreachable-over');
  const next = tape.action('call');
  if (refreshes) {
    const refreshToken = { ...secret('RT#1'), family: 'F#1', generation: 0, head: true };
    tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken });
  }
  if (last === 'ok') use(tape, 200);
  next({ result: last });
  return check.judge(tape.history(), runFacts())?.verdict;
}

test.each<[string, Course, string | undefined]>([
  ['gets a 401 (expired session) from the API', {}, 'pass'],
  ['refreshes before it asks the API', { api: null }, 'pass'],
  ['asks for a login', { reauthorize: true }, 'fail'],
  ['refreshes before it asks the API, and asks for a login', { api: null, reauthorize: true }, 'fail'],
  ['never refreshes again', { refreshes: false, last: 'failed' }, 'fail'],
  [
    'would refresh before it asks the API, and never does again',
    { api: null, refreshes: false, last: 'failed' },
    'fail',
  ],
  ['fails for another reason', { api: 200 }, undefined],
  ['noticed nothing', { api: 200, end: 'ok', refreshes: false }, undefined],
])('RES-09: a client that %s', (_, course, verdict) => {
  expect(judged(course)).toBe(verdict);
});

const sent = (label: string | null, head = true): Partial<TokenFacts> => ({
  grantType: 'refresh_token',
  code: null,
  verifier: null,
  refreshToken: label === null ? null : { ...secret(label), family: 'F#1', generation: 0, head },
});

/** Returns the finding for a call that the API refused, followed by what `write` adds. */
function judgedAfter401(write: (tape: Tape, end: ReturnType<Tape['action']>) => void): Finding | undefined {
  const tape = createTape('outages');
  tape.phase('unreachable');
  const end = tape.action('call');
  use(tape, 401);
  write(tape, end);
  return check.judge(tape.history(), runFacts());
}

/** The token endpoint is back; the next call refreshes and ends so. */
function comesBack(tape: Tape, facts: Partial<TokenFacts>, end: Partial<ActionEnd> = {}): void {
  tape.phase('unreachable-over');
  const next = tape.action('call');
  tape.token(facts);
  if ((end.result ?? 'ok') === 'ok') use(tape, 200);
  next(end);
}

test.each<[string, ActionEnd['result'], readonly number[]]>([
  ['dies', 'died', [6]],
  ['never answers', 'timed-out', [6]],
])('RES-09 fails a client that %s', (_, result, evidence) => {
  const finding = judgedAfter401((tape, end) => {
    end({ result });
    comesBack(tape, sent('RT#1'));
  });
  expect(finding).toMatchObject({ verdict: 'fail', evidence });
});

test.each<[string, Partial<TokenFacts>, ActionEnd['result'], string]>([
  ['goes on with its token', sent('RT#1'), 'ok', 'pass'],
  ['sends its token, and fails all the same', sent('RT#1'), 'failed', 'fail'],
  ['goes on with a token that is not its newest', sent('RT#0', false), 'ok', 'fail'],
  ['has lost its token', sent(null), 'failed', 'fail'],
  ['does without a token, whatever it says', sent(null), 'ok', 'fail'],
])('RES-09: a client that %s', (_, facts, result, verdict) => {
  const finding = judgedAfter401((tape, end) => {
    end({ result: 'failed' });
    comesBack(tape, facts, { result });
  });
  expect(finding).toMatchObject({ verdict, evidence: [9, result === 'ok' ? 13 : 11] });
});

test('RES-09 passes a call that lasts until the token endpoint is back', () => {
  let refresh = 0;
  const finding = judgedAfter401((tape, end) => {
    refresh = tape.token(sent('RT#1'));
    use(tape, 200);
    end();
  });
  expect(finding).toMatchObject({ verdict: 'pass', evidence: [refresh, expect.any(Number)] });
});

test('RES-09: a new login is the decisive evidence', () => {
  const finding = judgedAfter401((tape, end) => {
    end({ result: 'failed' });
    comesBack(tape, sent('RT#1'));
    tape.login();
  });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [15, 6] });
});

test('RES-09 is not exercised where the call was unsupported, sent nothing and reported success, or came to no second one', () => {
  const undecided = (result: ActionEnd['result']): Finding | undefined =>
    judgedAfter401((tape, end) => {
      end({ result });
      tape.phase('unreachable-over');
      tape.action('call')({ result: 'failed' });
    });
  expect(undecided('unsupported')).toBeUndefined();
  expect(undecided('failed')?.verdict).toBe('fail');
  expect(judgedAfter401((_, end) => end({ result: 'failed' }))).toBeUndefined();
  expect(judged({ api: null, end: 'ok' })).toBeUndefined();
});

test('RES-09 believes no success that the API did not give', () => {
  const claims = (within: (tape: Tape) => unknown): Finding | undefined =>
    judgedAfter401((tape, end) => {
      end();
      tape.phase('unreachable-over');
      const next = tape.action('call');
      tape.token(sent('RT#1'));
      within(tape);
      next();
    });
  expect(claims((tape) => use(tape, 200))?.verdict).toBe('pass');
  expect(claims((tape) => use(tape, 401))?.verdict).toBe('fail');
  expect(claims(() => undefined)?.verdict).toBe('inconclusive');
});

test('RES-09 looks at calls, not at what else is asked', () => {
  const tape = createTape('outages');
  tape.phase('unreachable');
  tape.action('status')({ connected: true });
  const end = tape.action('call');
  use(tape, 401);
  end({ result: 'failed' });
  tape.phase('unreachable-over');
  tape.action('status')({ result: 'failed' });
  const next = tape.action('call');
  const refresh = tape.token(sent('RT#1'));
  use(tape, 200);
  const last = next();
  expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: [refresh, last] });
});
