import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { issues, refreshes, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import late from './late-cutover.check.ts';
import pkce from './pkce-cutover.check.ts';
import rotation from './rotation-cutover.check.ts';

interface Course {
  readonly logins?: number;
  /** How the call after the refused login ends, and how many refreshes it sends. */
  readonly after?: Partial<ActionEnd>;
  readonly sent?: number;
  /** Generation that the second refresh sends once rotation is on; null: none follows. */
  readonly second?: number | null;
  /** The first refresh carries a new token. */
  readonly rotates?: boolean;
}

const unrotated = { issued: { accessToken: secret('AT#7'), family: 'F#1', generation: 0 } };

function call(tape: Tape, within: () => unknown, end: Partial<ActionEnd> = {}): void {
  const over = tape.action('call');
  within();
  over(end);
}

function refusedLogin(tape: Tape, { logins = 1, after = {}, sent = 1 }: Course): void {
  tape.phase('pkce-on');
  const login = tape.action('authorize');
  for (let n = 0; n < logins; n += 1) tape.authorize();
  login({ result: 'failed' });
  tape.phase('after-pkce-on');
  const goesOn = (): void => {
    for (let n = 0; n < sent; n += 1) refreshes(tape, 0, unrotated);
    served(tape, 7);
  };
  call(tape, after.result === undefined ? goesOn : () => undefined, after);
}

function switchedOn(tape: Tape, { second = 1, rotates = true }: Course): void {
  tape.phase('rotation-on');
  call(tape, () => refreshes(tape, 0, rotates ? issues(1) : unrotated));
  if (second !== null) call(tape, () => refreshes(tape, second));
}

function connected(scenario: string): Tape {
  const tape = createTape(scenario);
  tape.login({ exchange: { response: issues(0) } });
  return tape;
}

const played = (course: Course) => {
  const tape = connected('cutover');
  refusedLogin(tape, course);
  switchedOn(tape, course);
  return tape.history();
};
const playedLate = (course: Course) => {
  const tape = connected('cutover-late');
  switchedOn(tape, course);
  refusedLogin(tape, course);
  return tape.history();
};

describe.each([
  ['CUT-01', pkce, played],
  ['CUT-03', late, playedLate],
] as const)('%s', (_, check, play) => {
  const judged = (course: Course = {}) => check.judge(play(course), runFacts());

  test('passes a client that goes on with its grant after a refused login', () => {
    expect(judged()?.verdict).toBe('pass');
    expect(judged({ logins: 3, sent: 3 })?.verdict).toBe('pass');
  });

  test('fails a grant that is lost, and a storm of logins or refreshes', () => {
    expect(judged({ after: { result: 'failed', reauthorize: true } })?.message).toContain('still valid');
    expect(judged({ logins: 4 })?.message).toContain('4 authorization requests');
    expect(judged({ sent: 4 })?.message).toContain('4 refresh requests');
  });
});

describe.each([
  ['CUT-02', rotation, played],
  ['CUT-03', late, playedLate],
] as const)('%s', (_, check, play) => {
  const judged = (course: Course = {}) => check.judge(play(course), runFacts());

  test('passes a client that uses the first new token from then on', () => {
    expect(judged()?.verdict).toBe('pass');
  });

  test('fails a client that sends the old one twice', () => {
    expect(judged({ second: 0 })).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('the token of the login') as string,
    });
  });

  test('says nothing when no new token came, or no refresh followed it', () => {
    expect(judged({ rotates: false })).toBeUndefined();
    expect(judged({ second: null })).toBeUndefined();
  });
});

test('CUT-01 says nothing of a login that was never begun', () => {
  const tape = connected('cutover');
  switchedOn(tape, {});
  expect(pkce.judge(tape.history(), runFacts())).toBeUndefined();
});
