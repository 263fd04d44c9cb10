import { expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { actionOf, asks, refreshes, refused, served } from './concurrent-calls.test-support.ts';
import check from './late-401.check.ts';

/** The sessions of two calls are refused; the second learns it only after `between`. Then the client does `after`. */
function late(between: (tape: Tape) => unknown, after: (tape: Tape) => unknown = () => undefined, status = 401) {
  const tape = createTape('late-401');
  tape.login();
  tape.phase('late');
  const calls = [actionOf(tape, 50), actionOf(tape, 51)];
  asks(tape, 0);
  const held = asks(tape, 0);
  asks(tape, 0).answer({ status: 401 });
  const renewed = Number(between(tape));
  held.answer({ status });
  const then = after(tape);
  for (const call of calls) call.end();
  return { finding: check.judge(tape.history(), runFacts()), held: held.seq, renewed, then };
}

const renew = (tape: Tape): number => refreshes(tape, 0);
/** Both calls are repeated with the access token of a generation; returns the first request. */
const repeats = (tape: Tape, generation = 1): number => {
  const first = served(tape, generation);
  served(tape, generation);
  return first;
};

test('RACE-07 passes when the call that got its 401 late is repeated with the new access token', () => {
  const { finding, held, renewed, then } = late(renew, (tape) => repeats(tape));
  expect(finding).toMatchObject({ verdict: 'pass', evidence: [held, then, renewed] });
});

test('RACE-07 fails a call that is not repeated, or fails when repeated, whatever the client reports', () => {
  const once = late(renew, (tape) => served(tape, 1));
  expect(once.finding).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('failed when it was repeated') as string,
  });
  const never = late(renew);
  expect(never.finding?.evidence.slice(0, 2)).toEqual([never.held, never.renewed]);
  expect(never.finding).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('was not repeated') as string,
  });
  expect(late(renew, (tape) => repeats(tape, 0)).finding?.message).toContain('was not repeated');
});

test('RACE-07 fails each refresh that follows', () => {
  const { finding, held, renewed, then } = late(renew, (tape) => [refreshes(tape, 1), refreshes(tape, 2)]);
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [...(then as number[]), held, renewed] });
});

test('RACE-07 does not count refreshes from before the late 401', () => {
  const twice = (tape: Tape): number => {
    const first = renew(tape);
    refreshes(tape, 1);
    return first;
  };
  expect(late(twice, (tape) => repeats(tape)).finding?.verdict).toBe('pass');
});

test('RACE-07: no late 401 arose when the late call was not refused, or was sent or answered before the refresh', () => {
  const none = (found: ReturnType<typeof late>['finding'], renewed: readonly number[]) => {
    expect(found).toMatchObject({ verdict: 'pass', evidence: renewed });
    expect(found?.message).toContain('No late 401 was possible');
  };
  const answered = late(renew, undefined, 200);
  none(answered.finding, [answered.renewed]);
  const tape = createTape('late-401');
  tape.phase('late');
  asks(tape, 0).answer({ status: 401 });
  const sent = [refreshes(tape, 0)];
  // Sent after the refresh: refused for another reason.
  asks(tape, 1).answer({ status: 401 });
  sent.push(refreshes(tape, 1));
  none(check.judge(tape.history(), runFacts()), sent);
});

test('RACE-07: requests of the very moments at which the refresh began and ended are no late 401', () => {
  const at = (begins: number, ends: number) => {
    const tape = createTape('late-401');
    tape.phase('late');
    const begunAt = 100;
    tape.wait(begunAt - 20);
    const held = asks(tape, 0, 'F#1', { begunAt: begunAt + begins });
    const sent = refreshes(tape, 0, undefined, { request: { begunAt } });
    const over = tape.history().events.at(-1)?.t ?? 0;
    tape.wait(ends - 10);
    held.answer({ status: 401 });
    expect(tape.history().events.at(-1)?.t).toBe(over + ends);
    const again = refreshes(tape, 1, undefined, { request: { begunAt: over + ends } });
    return { verdict: check.judge(tape.history(), runFacts())?.verdict, sent, again };
  };
  // The last refresh begins at the moment of the late 401: it follows from it.
  expect(at(-1, 1).verdict).toBe('fail');
  expect([at(0, 1).verdict, at(-1, 0).verdict]).toEqual(['pass', 'pass']);
});

test('RACE-07 says nothing without a refresh that succeeded', () => {
  expect(late(() => undefined).finding).toBeUndefined();
  expect(late((tape) => refreshes(tape, 0, refused)).finding).toBeUndefined();
});
