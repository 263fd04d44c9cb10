import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { ActionEnd } from '../../src/history/event.ts';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { denied, served } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import outage from './outage-retried.check.ts';
import reset from './reset-retried.check.ts';
import retryAfter from './retry-after.check.ts';

const token = (label: string): SentRefreshToken => ({ ...secret(label), family: 'F#1', generation: 0, head: true });

const refresh = (tape: Tape, sent: SentRefreshToken | null, fault?: string): number =>
  tape.token(
    { grantType: 'refresh_token', code: null, verifier: null, refreshToken: sent },
    { response: fault === undefined ? {} : { status: 503, fault } },
  );

interface Course {
  readonly sent?: SentRefreshToken | null;
  /** Milliseconds between the refresh that was struck and the next one of the same call; none when undefined. */
  readonly pauseMs?: number;
  readonly end?: Partial<ActionEnd>;
  /** What the next call sends; `none`: it does not refresh. */
  readonly next?: SentRefreshToken | 'none' | null;
  readonly nextEnd?: Partial<ActionEnd> | 'never-asked';
}

function judged(check: typeof outage, phase: string, course: Course): Finding | undefined {
  const { sent = token('RT#1'), pauseMs, end = { result: 'failed' }, next = 'none', nextEnd = {} } = course;
  const tape = createTape('outages');
  tape.phase(phase);
  const call = tape.action('call');
  refresh(tape, sent, phase);
  if (pauseMs !== undefined) {
    tape.wait(pauseMs - 20);
    refresh(tape, sent);
  }
  if ((end.result ?? 'ok') === 'ok') served(tape);
  call(end);
  tape.phase(`${phase}-over`);
  if (nextEnd === 'never-asked') return check.judge(tape.history(), runFacts());
  const after = tape.action('call');
  if (next !== 'none') refresh(tape, next);
  if ((nextEnd.result ?? 'ok') === 'ok' && next !== 'none') served(tape);
  after(nextEnd);
  return check.judge(tape.history(), runFacts());
}

describe.each([
  [reset, 'reset'],
  [outage, 'unavailable'],
] as const)('$id', (check, phase) => {
  const judge = (course: Course): Finding | undefined => judged(check, phase, course);

  test.each<[string, Course, readonly number[]]>([
    ['sends the token again with the next call', { next: token('RT#1') }, [9, 4]],
    ['sends it again within the same call', { pauseMs: 100, end: {}, nextEnd: { result: 'failed' } }, [6, 4]],
    ['is asked no second time', { pauseMs: 100, end: {}, nextEnd: 'never-asked' }, [6, 4]],
  ])('passes a client that %s', (_, course, evidence) => {
    expect(judge(course)).toMatchObject({ verdict: 'pass', evidence });
  });

  test.each<[string, Course, readonly number[]]>([
    ['dies', { end: { result: 'died' }, next: token('RT#1') }, [6, 4]],
    ['never answers', { end: { result: 'timed-out' }, next: token('RT#1') }, [6, 4]],
    ['asks for a login', { end: { result: 'failed', reauthorize: true }, next: token('RT#1') }, [6, 4]],
    ['refreshes no more', {}, [9, 4]],
    ['refreshes no more, and is not asked to', { nextEnd: 'never-asked' }, [6, 4]],
    ['sends another token', { next: token('RT#0') }, [9, 4]],
    ['sends nothing', { next: null }, [9, 4]],
    ['fails at the next call too', { next: token('RT#1'), nextEnd: { result: 'failed' } }, [11, 4]],
    ['fails, and is not asked again', { pauseMs: 100, nextEnd: 'never-asked' }, [8, 4]],
  ])('fails a client that %s', (_, course, evidence) => {
    expect(judge(course)).toMatchObject({ verdict: 'fail', evidence });
  });

  test('a client that had no token to send had lost it before', () => {
    expect(judge({ sent: null, next: token('RT#1') })).toMatchObject({
      verdict: 'inconclusive',
      broken: expect.arrayContaining(['chain-kept']) as string[],
    });
  });

  test('a success that the API did not give counts for nothing', () => {
    const claimed = (tape: Tape): Finding | undefined => {
      tape.phase(phase);
      const call = tape.action('call');
      refresh(tape, token('RT#1'), phase);
      call({ result: 'failed' });
      tape.phase(`${phase}-over`);
      const next = tape.action('call');
      refresh(tape, token('RT#1'));
      if (refusing) denied(tape);
      next();
      return check.judge(tape.history(), runFacts());
    };
    let refusing = true;
    expect(claimed(createTape('outages'))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('the next call was refused by the API') as string,
    });
    refusing = false;
    expect(claimed(createTape('outages'))?.verdict).toBe('inconclusive');
  });
});

test('RES-01: a pause that is a little short on a busy machine is one', () => {
  const verdict = (pauseMs: number): string | undefined => judged(outage, 'unavailable', { pauseMs, end: {} })?.verdict;
  expect([verdict(84), verdict(85)]).toEqual(['warn', 'pass']);
});

describe('RES-02', () => {
  const judge = (course: Course): Finding | undefined => judged(retryAfter, 'throttled', course);

  test('the second may be short by what two clocks differ', () => {
    expect([judge({ pauseMs: 989 })?.verdict, judge({ pauseMs: 990 })?.verdict]).toEqual(['fail', 'pass']);
  });

  test('a client that reports it and does no more passes', () => {
    expect(judge({})).toMatchObject({ verdict: 'pass', evidence: [4, 6] });
  });

  test('one that asks for a login instead is ERR-05’s', () => {
    const finding = judge({ end: { result: 'failed', reauthorize: true } });
    expect(finding).toMatchObject({ verdict: 'inconclusive', evidence: [6] });
  });

  test('one that dies, hangs, or does without has not shown whether it waits', () => {
    for (const result of ['died', 'timed-out', 'ok'] as const) expect(judge({ end: { result } })).toBeUndefined();
  });
});
