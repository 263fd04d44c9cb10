import { describe, expect, test } from 'vitest';
import type { Request, Response } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { asks, sends, refreshes, actionOf } from './concurrent-calls.test-support.ts';
import check from './no-cross-talk.check.ts';

type User = 'U1' | 'U2';
const familyOf = (user: User): string => (user === 'U1' ? 'F#1' : 'F#2');

/** An API request with a token of `user`. */
const uses = (tape: Tape, user: User, request: Partial<Request> = {}, response: Partial<Response> = {}): number => {
  const { seq, answer } = asks(tape, 0, familyOf(user), request);
  answer(response);
  return seq;
};
const renews = (tape: Tape, user: User, request: Partial<Request> = {}): number =>
  refreshes(tape, 0, {}, { token: { family: familyOf(user) }, request });

interface Course {
  /** What happens during the call of the first user. Returns what counts as evidence. */
  readonly within?: (tape: Tape) => readonly number[];
  readonly result?: 'ok' | 'failed' | 'open';
  /** Between the call of the first user and that of the second. */
  readonly between?: (tape: Tape) => unknown;
  /** Before the call of the first user, in its part of the scenario. */
  readonly before?: (tape: Tape) => unknown;
  /** One server for both users, or a process each. */
  readonly processes?: readonly [string, string];
  readonly windows?: number;
}

/** Each user has a call; the second one's is right. */
function judged({ within, result = 'ok', between, before, processes = ['P1', 'P1'], windows = 2 }: Course) {
  const tape = createTape('two-users');
  for (const process of new Set(processes)) tape.add({ kind: 'process-begin', process });
  for (const user of ['U1', 'U2'] as const) {
    tape.add({ kind: 'family', family: familyOf(user), change: 'created', user });
    actionOf(tape, user === 'U1' ? 1 : 2, { name: 'status', process: processes[user === 'U1' ? 0 : 1], user }).end();
  }
  tape.add({ kind: 'phase', phase: 'user', detail: 'U1' });
  before?.(tape);
  const first = actionOf(tape, 3, { process: processes[0], user: 'U1' });
  const evidence = [...(within?.(tape) ?? [uses(tape, 'U1')])];
  if (result !== 'open') first.end({ result });
  between?.(tape);
  if (windows > 1) {
    tape.add({ kind: 'phase', phase: 'user', detail: 'U2' });
    const second = actionOf(tape, 4, { process: processes[1], user: 'U2' });
    evidence.push(uses(tape, 'U2'));
    second.end();
  }
  return { finding: check.judge(tape.history(), runFacts()), evidence };
}

describe('RACE-11', () => {
  test('passes with the uses of both users', () => {
    const { finding, evidence } = judged({ within: (tape) => [renews(tape, 'U1'), uses(tape, 'U1')] });
    expect(finding).toMatchObject({ verdict: 'pass', evidence });
  });

  test.each<[string, Course]>([
    [
      'polls for its other user during a call',
      {
        within: (tape) => {
          const own = uses(tape, 'U1');
          uses(tape, 'U2');
          return [own];
        },
      },
    ],
    [
      'polls for its other user after a call that sent nothing and failed',
      { within: () => [], result: 'failed', between: (tape) => uses(tape, 'U2') },
    ],
    [
      'sends a token that was never issued, or none',
      {
        within: (tape) => {
          refreshes(tape, 0, {}, { token: { family: null } });
          sends(tape, 0, { token: null });
          asks(tape, 0, 'F#9');
          tape.resource();
          return [uses(tape, 'U1')];
        },
        processes: ['P1', 'P2'],
      },
    ],
    [
      'revokes a family afterwards',
      { between: (tape) => tape.add({ kind: 'family', family: 'F#1', change: 'revoked' }) },
    ],
    ['is asked for its status first', { before: (tape) => actionOf(tape, 9, { name: 'status' }).end() }],
  ])('passes a server that %s', (_, course) => {
    const { finding, evidence } = judged(course);
    expect(finding).toMatchObject({ verdict: 'pass', evidence });
  });

  test.each<[string, Partial<Response> | null]>([
    ['401', { status: 401 }],
    ['400', { status: 400 }],
    ['nothing', null],
  ])('fails a call that its own token answered with %s, and then a token of the other user', (_, response) => {
    let wrong = 0;
    const within = (tape: Tape): readonly number[] => {
      if (response === null) asks(tape, 0, 'F#1');
      else uses(tape, 'U1', {}, response);
      wrong = uses(tape, 'U2');
      return [];
    };
    expect(judged({ within }).finding).toMatchObject({ verdict: 'fail', evidence: [wrong] });
  });

  test('fails a call that carries the token of the other user after a refresh with its own', () => {
    let wrong = 0;
    const within = (tape: Tape): readonly number[] => {
      renews(tape, 'U1');
      wrong = uses(tape, 'U2');
      return [];
    };
    expect(judged({ within }).finding).toMatchObject({ verdict: 'fail', evidence: [wrong] });
  });

  test('does not blame a process for what the other one may have sent, even on an unknown connection', () => {
    const within = (tape: Tape): readonly number[] => {
      renews(tape, 'U2', { connection: 'C-new' });
      return [uses(tape, 'U1')];
    };
    expect(judged({ within, processes: ['P1', 'P2'] }).finding?.verdict).toBe('pass');
  });

  test('does not blame a failed call for what the other process does on the connection of its login', () => {
    const tape = createTape('two-users');
    for (const [n, user] of (['U1', 'U2'] as const).entries()) {
      const process = `P${String(n + 1)}`;
      if (n === 0) for (const one of ['P1', 'P2']) tape.add({ kind: 'process-begin', process: one });
      const login = actionOf(tape, n, { name: 'authorize', process, user });
      tape.authorize();
      tape.add({ kind: 'family', family: familyOf(user), change: 'created', user });
      tape.token({}, { request: { connection: `C-${process}` } });
      login.end();
    }
    for (const [n, user] of (['U1', 'U2'] as const).entries()) {
      tape.add({ kind: 'phase', phase: 'user', detail: user });
      const { end } = actionOf(tape, 10 + n, { process: `P${String(n + 1)}`, user });
      uses(tape, 'U2', { connection: 'C-P2' });
      end({ result: user === 'U1' ? 'failed' : 'ok' });
    }
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  test('does not know a server that works for both users by a second process that works for one', () => {
    const tape = createTape('two-users');
    tape.add({ kind: 'process-begin', process: 'P1' });
    for (const user of ['U1', 'U2'] as const) {
      tape.add({ kind: 'family', family: familyOf(user), change: 'created', user });
      actionOf(tape, user === 'U1' ? 1 : 2, { name: 'status', process: 'P1', user }).end();
    }
    tape.add({ kind: 'phase', phase: 'user', detail: 'U1' });
    const { end } = actionOf(tape, 3, { process: 'P1', user: 'U1' });
    renews(tape, 'U2');
    uses(tape, 'U1');
    end();
    tape.add({ kind: 'phase', phase: 'user', detail: 'U3' });
    tape.add({ kind: 'process-begin', process: 'P2' });
    actionOf(tape, 4, { process: 'P2', user: 'U3' }).end();
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  test('assigns a token that was never issued to no user, even where no other process can have sent it', () => {
    const tape = createTape('two-users');
    for (const [user, process] of [
      ['U1', 'P1'],
      ['U2', 'P2'],
    ] as const) {
      tape.add({ kind: 'process-begin', process });
      tape.add({ kind: 'family', family: familyOf(user), change: 'created', user });
      tape.add({ kind: 'phase', phase: 'user', detail: user });
      const { end } = actionOf(tape, user === 'U1' ? 1 : 2, { process, user });
      asks(tape, 0, 'F#9').answer();
      uses(tape, user);
      end();
    }
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  test('counts what was sent when no process is known to live', () => {
    const within = (tape: Tape): readonly number[] => {
      tape.add({ kind: 'process-end', process: 'P1', code: 0, signal: null, expected: true });
      return [uses(tape, 'U1')];
    };
    const { finding, evidence } = judged({ within });
    expect(finding).toMatchObject({ verdict: 'pass', evidence });
  });

  test('takes no call of the second user for one of the first', () => {
    const tape = createTape('two-users');
    tape.add({ kind: 'family', family: 'F#2', change: 'created', user: 'U2' });
    for (const user of ['U1', 'U2']) tape.add({ kind: 'phase', phase: 'user', detail: user });
    const { end } = actionOf(tape, 1, { user: 'U2' });
    const used = uses(tape, 'U2');
    end();
    expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: [used] });
  });

  test('says nothing of one user alone, of calls without a token, and passes over a call that never ended', () => {
    expect(judged({ windows: 1 }).finding).toBeUndefined();
    const idle = createTape('two-users');
    for (const user of ['U1', 'U2']) idle.add({ kind: 'phase', phase: 'user', detail: user });
    expect(check.judge(idle.history(), runFacts())).toBeUndefined();
    const { finding, evidence } = judged({ within: (tape) => [uses(tape, 'U2')], result: 'open' });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: evidence.slice(1) });
  });
});
