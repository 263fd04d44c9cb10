import { describe, expect, it } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './busy-is-no-logout.check.ts';
import { calls, denied, sends, refreshes, served, actionOf } from './concurrent-calls.test-support.ts';

const busy = { status: 400, fault: 'busy' };

interface Course {
  /** Refreshes of the call that meets the lock. */
  readonly attempts?: number;
  readonly call?: Partial<ActionEnd>;
  readonly also?: (tape: Tape) => unknown;
  /** How the next call ends; null: it never came. */
  readonly next?: Partial<ActionEnd> | null;
  /** What the API answers to the next call; with success unless said otherwise. */
  readonly answers?: (tape: Tape) => unknown;
}

/** A call meets the lock, then comes another. */
function judged({
  attempts = 1,
  call = { result: 'failed' },
  also = () => undefined,
  next = {},
  answers = (tape) => served(tape),
}: Course) {
  const tape = createTape('busy');
  tape.login();
  tape.phase('busy');
  const sent: number[] = [];
  const end = calls(tape, call, () => {
    for (let n = 0; n < attempts; n += 1) sent.push(refreshes(tape, 0, n === 0 ? busy : undefined));
    if (call.result === 'ok') served(tape);
  });
  also(tape);
  tape.phase('next');
  actionOf(tape, 50, { name: 'status' }).end({ connected: true });
  const last = next === null ? 0 : calls(tape, next, () => answers(tape));
  return { finding: check.judge(tape.history(), runFacts()), sent, end, last };
}

describe('RACE-04', () => {
  it('passes who fails the call and goes on with the next', () => {
    const { finding, sent, last } = judged({});
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [sent[0], last] });
    expect(finding?.message).toContain('the next call succeeded');
  });

  it('passes who waits and tries again, up to three refreshes, and says so', () => {
    const { finding } = judged({ attempts: 3, call: { result: 'ok' } });
    expect(finding?.verdict).toBe('pass');
    expect(finding?.message).toContain('waited and continued');
  });

  it('looks at the refresh that met the lock, and at the call, whatever else was asked or left open meanwhile', () => {
    const tape = createTape('busy');
    tape.phase('busy');
    actionOf(tape, 40, { name: 'status' }).end({ connected: true });
    actionOf(tape, 41, { name: 'status' });
    sends(tape, 0);
    let met = 0;
    calls(tape, { result: 'failed' }, () => (met = refreshes(tape, 0, busy)));
    tape.phase('next');
    const last = calls(tape, {}, () => served(tape));
    const finding = check.judge(tape.history(), runFacts());
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [met, last] });
    expect(finding?.message).toContain('The call failed');
  });

  it('passes who is locked once and goes on, though the call never ended', () => {
    const tape = createTape('busy');
    tape.phase('busy');
    actionOf(tape, 40);
    refreshes(tape, 0, busy);
    tape.phase('next');
    calls(tape, {}, () => served(tape));
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  it('says nothing when refreshes met no lock', () => {
    const tape = createTape('busy');
    tape.phase('busy');
    calls(tape, {}, () => refreshes(tape, 0));
    tape.phase('next');
    calls(tape);
    expect(check.judge(tape.history(), runFacts())).toBeUndefined();
  });

  it('fails a storm of four', () => {
    const { finding, sent } = judged({ attempts: 4, call: { result: 'ok' } });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: sent });
  });

  it.each<[string, Partial<ActionEnd>]>([
    ['asks for a login', { result: 'failed', reauthorize: true }],
    ['dies', { result: 'died' }],
    ['says that it is no longer connected', { result: 'failed', connected: false }],
  ])('fails who %s, with the refusal first', (_, call) => {
    const { finding, sent, end } = judged({ call });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent[0], end] });
  });

  it('fails who says in the next call only that its user has to connect again', () => {
    const { finding, sent, last } = judged({ next: { reauthorize: true } });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent[0], last] });
  });

  it('fails who begins a login by itself', () => {
    let login = 0;
    const also = (tape: Tape) => (login = tape.authorize());
    const { finding, sent } = judged({ also });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent[0], login] });
  });

  it('fails who never answers', () => {
    const { finding, sent, end } = judged({ call: { result: 'timed-out' } });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [end, sent[0]] });
  });

  it('believes no success of the next call that the API did not give', () => {
    expect(judged({ answers: (tape) => denied(tape) }).finding).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('the API refused it') as string,
    });
    expect(judged({ answers: () => undefined }).finding?.verdict).toBe('inconclusive');
  });

  it('leaves open who went on, and asked for a login only when its token family had been revoked', () => {
    const also = (tape: Tape): void => {
      refreshes(tape, 0);
      tape.add({ kind: 'family', family: 'F#1', change: 'revoked', reason: 'reuse' });
    };
    const { finding } = judged({ also, next: { result: 'failed', reauthorize: true } });
    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('the token family of RT#1 had been revoked') as string,
    });
  });

  it('fails whose next call fails too', () => {
    const { finding, sent, last } = judged({ next: { result: 'failed' } });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent[0], last] });
  });

  it('says nothing when no refresh met the lock, or no further call came', () => {
    expect(judged({ attempts: 0 }).finding).toBeUndefined();
    expect(judged({ next: null }).finding).toBeUndefined();
  });
});
