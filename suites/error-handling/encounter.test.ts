/** One fault and one call, seen by the checks that look at answers of the token endpoint one by one. */
import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { calls, sends, refreshes, actionOf } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { cost, encounter, kept, silent } from './answered.ts';
import falseSuccess from './false-success.check.ts';
import otherErrors from './other-errors.check.ts';
import outage from './outage-keeps-token.check.ts';
import unreadable from './unreadable-error.check.ts';

interface Course {
  /** How the call ended that met the fault; null: never. */
  readonly end?: Partial<ActionEnd> | null;
  /** In the call, before and after the refresh that met the fault. */
  readonly before?: (tape: Tape) => unknown;
  readonly then?: (tape: Tape) => unknown;
  /** Once the fault is over: null: no call came. */
  readonly next?: ((tape: Tape) => unknown) | null;
  readonly nextEnd?: Partial<ActionEnd> | 'open';
}

/** A call meets the fault `phase`; then comes another call. */
function played(phase: string, course: Course = {}, tape = createTape('error-answers')) {
  const { end = { result: 'failed' }, before, then, next = () => undefined, nextEnd = {} } = course;
  tape.phase(phase);
  actionOf(tape, 40, { name: 'status' }).end({ connected: true });
  before?.(tape);
  const call = tape.action('call');
  const refused = refreshes(tape, 0, { status: 400, error: 'slow_down', fault: phase });
  const decisive = Number(then?.(tape));
  const ended = end === null ? 0 : call(end);
  tape.phase(`${phase}-over`);
  actionOf(tape, 41, { name: 'status' }).end({ connected: true });
  let over = 0;
  let sent = 0;
  if (next !== null) {
    const after = tape.action('call');
    sent = Number(next(tape));
    if (nextEnd !== 'open') over = after(nextEnd);
  }
  return { history: tape.history(), refused, decisive, ended, sent, over };
}

const of = (course: Course) => {
  const all = played('busy', course);
  return { ...all, one: encounter(all.history, 'busy') };
};
const again = (tape: Tape): number => refreshes(tape, 0);

describe('an encounter', () => {
  test('is the refresh that met the fault, the call around it, and the next refresh and call', () => {
    const { one, refused, ended, sent, over } = of({
      before: (tape) => {
        sends(tape, 7);
        refreshes(tape, 8);
      },
      next: again,
    });
    expect(one).toMatchObject({ ended, result: 'failed', askedAgain: [], nextCall: { seq: over, outcome: 'unseen' } });
    expect([one?.refused.seq, one?.next?.seq]).toEqual([refused, sent]);
  });

  test('is none when no refresh met it, or the call never ended or does not exist', () => {
    const { history } = played('busy');
    expect(encounter(history, 'rate-limited')).toBeUndefined();
    expect(of({ end: null }).one).toBeUndefined();
    expect(of({ end: { result: 'unsupported' } }).one).toBeUndefined();
  });

  test('goes on with a retry in the same call, not with one that met the fault too, nor with one that ran beside it', () => {
    const retried = of({
      then: (tape) => {
        refreshes(tape, 0, { status: 400, fault: 'busy' });
        return again(tape);
      },
      next: again,
    });
    expect(retried.one?.next?.seq).toBe(retried.decisive);
    const beside = of({
      before: (tape) => refreshes(tape, 7),
      then: (tape) => refreshes(tape, 8, {}, { request: { begunAt: 1 } }),
      next: again,
    });
    expect(beside.one?.next?.seq).toBe(beside.sent);
    const open = of({ then: (tape) => sends(tape, 0).seq });
    expect(open.one?.next?.seq).toBe(open.decisive);
  });

  test('a retry may begin in the moment in which the refusal ended', () => {
    const at = (by: number) =>
      of({
        then: (tape) => {
          const endedAt = tape.history().events.at(-1)?.t ?? 0;
          return refreshes(tape, 0, {}, { request: { begunAt: endedAt + by } });
        },
      });
    expect(at(0).one?.next?.seq).toBe(at(0).decisive);
    expect(at(-1).one?.next).toBeUndefined();
  });

  test('has no next call while that is open', () => {
    expect(of({ nextEnd: 'open' }).one?.nextCall).toBeUndefined();
    expect(of({ next: null }).one?.nextCall).toBeUndefined();
  });
});

test.each<[Partial<ActionEnd>, string | undefined]>([
  [{ result: 'failed' }, undefined],
  [{ result: 'ok' }, 'answered 400 slow_down, and the client reported success'],
  [{ result: 'timed-out' }, 'answered 400 slow_down, and the client never answered'],
  [{ result: 'died' }, 'answered 400 slow_down, and the client crashed'],
])('a call that ends %j is silent: %s', (end, how) => {
  const { one } = of({ end });
  const said = one === undefined ? '' : silent(one);
  if (how === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(how);
});

describe('the cost', () => {
  const costOf = (course: Course) => {
    const all = of(course);
    return { ...all, lost: all.one === undefined ? undefined : cost(all.history, all.one) };
  };

  test('is nothing when the token is sent again, or the next call succeeds without a refresh, or none comes', () => {
    expect(costOf({ next: again, nextEnd: { result: 'failed' } }).lost).toBeUndefined();
    expect(costOf({}).lost).toBeUndefined();
    expect(costOf({ next: null }).lost).toBeUndefined();
    const { one } = costOf({ next: again });
    expect(one === undefined ? undefined : kept(one)).toBe(true);
  });

  test.each<[string, Course, (all: ReturnType<typeof costOf>) => readonly number[]]>([
    ['a login asked for in the call', { end: { result: 'failed', reauthorize: true } }, ({ ended }) => [ended]],
    ['a login asked for in the next', { nextEnd: { reauthorize: true } }, ({ over }) => [over]],
    ['a login begun in the call', { then: (tape) => tape.authorize() }, ({ decisive }) => [decisive]],
    ['a login begun in the next', { next: (tape) => tape.authorize() }, ({ sent }) => [sent]],
    ['another token', { next: (tape) => refreshes(tape, 9), nextEnd: { result: 'failed' } }, ({ sent }) => [sent]],
    ['no token', { next: (tape) => refreshes(tape, 0, {}, { token: null }) }, ({ sent }) => [sent]],
    ['no refresh any more', { nextEnd: { result: 'failed' } }, ({ over }) => [over]],
  ])('is %s', (_, course, decisive) => {
    const all = costOf(course);
    expect(all.lost?.evidence).toEqual([...decisive(all), all.refused]);
  });

  test('distinguishes another token from none', () => {
    const how = (course: Course): string | undefined => costOf(course).lost?.how;
    expect(how({ next: (tape) => refreshes(tape, 9) })).toContain('sent RT#9');
    expect(how({ nextEnd: { result: 'failed' } })).toContain('did not refresh again');
    expect(how({ nextEnd: { result: 'timed-out' } })).toContain('did not refresh again');
  });

  test('a client that lost its token before sends none twice: that counts as the same token', () => {
    const tape = createTape('error-answers');
    tape.phase('busy');
    const call = tape.action('call');
    refreshes(tape, 0, { status: 400, fault: 'busy' }, { token: null });
    call({ result: 'failed' });
    tape.phase('busy-over');
    refreshes(tape, 0, {}, { token: null });
    const history = tape.history();
    const one = encounter(history, 'busy');
    expect(one === undefined ? undefined : cost(history, one)).toBeUndefined();
  });
});

describe('what became of the token', () => {
  /** The client holds RT#1 after a rotation, and sends `generation` when it meets the fault; then it asks for a login. */
  const asking = (generation: number, head: boolean, revoked = false) => {
    const tape = createTape('error-answers');
    tape.login();
    refreshes(tape, 0);
    tape.phase('error-with-200');
    const call = tape.action('call');
    refreshes(tape, generation, { status: 200, error: 'x', fault: 'error-with-200' }, { token: { head } });
    if (revoked) tape.add({ kind: 'family', family: 'F#1', change: 'revoked', reason: 'reuse' });
    call({ result: 'failed', reauthorize: true });
    return falseSuccess.judge(tape.history(), runFacts());
  };

  test('is said as the history holds it', () => {
    expect(asking(1, true)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('RT#1 was still valid') as string,
    });
    expect(asking(1, true, true)).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('the token family of RT#1 had been revoked') as string,
    });
  });

  test('a client that had lost its token before has lost nothing here', () => {
    expect(asking(0, false)).toMatchObject({
      verdict: 'inconclusive',
      broken: ['chain-kept', 'successor-used', 'tokens-durable', 'login-recovers'],
    });
  });
});

describe('ERR-06, ERR-07 and ERR-08', () => {
  test.each([
    ['ERR-06', otherErrors, ['rate-limited', 'inactive-user']],
    ['ERR-07', unreadable, ['html-error', 'empty-body']],
    ['ERR-08', falseSuccess, ['error-with-200', 'success-without-token']],
  ] as const)(
    '%s: what is silent in the second phase is reported, with how the call ended',
    (_, check, [first, second]) => {
      const tape = createTape('error-answers');
      played(first, { next: again }, tape);
      const { history, ended, refused } = played(second, { end: {}, next: again }, tape);
      expect(check.judge(history, runFacts())).toMatchObject({ verdict: 'fail', evidence: [ended, refused] });
    },
  );

  test.each([
    ['ERR-06', otherErrors, ['rate-limited', 'invalid-client', 'unsupported-grant-type']],
    ['ERR-07', unreadable, ['html-error', 'html-outage', 'empty-body']],
  ] as const)('%s passes with every refusal that was reported', (_, check, phases) => {
    const tape = createTape('error-answers');
    const all = phases.map((phase) => played(phase, { next: again }, tape));
    expect(check.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'pass',
      evidence: all.flatMap(({ refused, ended }) => [refused, ended]),
    });
    expect(check.judge(createTape('error-answers').history(), runFacts())).toBeUndefined();
  });

  test('ERR-08 passes with what was kept, and says nothing where the token was not asked for again', () => {
    const tape = createTape('error-answers');
    played('error-with-200', {}, tape);
    const { refused, ended, sent } = played('success-without-token', { next: again }, tape);
    expect(falseSuccess.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'pass',
      evidence: [refused, ended, sent],
    });
    expect(falseSuccess.judge(createTape('error-answers').history(), runFacts())).toBeUndefined();
  });

  test('ERR-06 lets a refusal that does not pass by itself cost the connection', () => {
    const tape = createTape('error-answers');
    const gives = { end: { result: 'failed', reauthorize: true } } as const;
    played('inactive-user', { ...gives, next: again }, tape);
    const finding = otherErrors.judge(tape.history(), runFacts());
    expect(finding?.verdict).toBe('pass');
    expect(finding?.message).not.toContain('the refresh token was kept');
    const { refused, ended } = played('rate-limited', gives, tape);
    expect(otherErrors.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'fail',
      evidence: [ended, refused],
    });
  });

  test('ERR-06 says that a temporary error cost nothing only where the token was sent again', () => {
    const spared = otherErrors.judge(played('rate-limited', { next: again }).history, runFacts());
    expect(spared?.message).toContain('the refresh token was kept');
    expect(otherErrors.judge(played('rate-limited').history, runFacts())?.message).not.toContain('was kept');
  });
});

describe('ERR-05', () => {
  /** A 503 in one call; then `next`. */
  function judged(next: (tape: Tape) => unknown, end: Partial<ActionEnd> = {}, token = {}) {
    const tape = createTape('failed-refresh');
    tape.phase('failure');
    sends(tape, 3);
    refreshes(tape, 4);
    const failed = refreshes(tape, 0, { status: 503, fault: 'service-unavailable' }, token);
    const ended = calls(tape, { result: 'failed', ...end });
    tape.phase('next');
    const decisive = Number(next(tape));
    return { finding: outage.judge(tape.history(), runFacts()), failed, ended, decisive };
  }
  const none = { token: null };

  test('passes a client that sends the same token again', () => {
    const { finding, failed, decisive } = judged(again);
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [decisive, failed] });
    expect(judged((tape) => refreshes(tape, 0, {}, none), {}, none).finding?.verdict).toBe('pass');
  });

  test.each<[string, (tape: Tape) => number]>([
    ['another token', (tape) => refreshes(tape, 1)],
    ['none', (tape) => refreshes(tape, 0, {}, none)],
  ])('fails a client that sends %s', (_, next) => {
    const { finding, failed, decisive } = judged(next);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [decisive, failed] });
  });

  test('passes a call that lasts longer than the outage and sends the same token again', () => {
    const tape = createTape('failed-refresh');
    tape.phase('failure');
    const failed = refreshes(tape, 0, { status: 503, fault: 'service-unavailable' });
    const sent = refreshes(tape, 0);
    tape.phase('next');
    refreshes(tape, 1);
    expect(outage.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: [sent, failed] });
  });

  test('fails a client that had none and sends one', () => {
    expect(judged(again, {}, none).finding?.verdict).toBe('fail');
  });

  test('fails who asks for a login, or begins one', () => {
    const asks = judged(again, { reauthorize: true });
    expect(asks.finding).toMatchObject({ verdict: 'fail', evidence: [asks.ended, asks.failed] });
    const begins = judged((tape) => tape.authorize());
    expect(begins.finding).toMatchObject({ verdict: 'fail', evidence: [begins.decisive, begins.failed] });
  });

  test('says nothing without a refresh that failed so, or without one after it', () => {
    expect(judged(() => undefined).finding).toBeUndefined();
    const tape = createTape('failed-refresh');
    tape.phase('failure');
    refreshes(tape, 0);
    tape.phase('next');
    refreshes(tape, 1);
    expect(outage.judge(tape.history(), runFacts())).toBeUndefined();
  });
});
