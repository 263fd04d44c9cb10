import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import type { ActionEnd } from '../history/event.ts';
import type { SentRefreshToken } from '../history/facts.ts';
import { reportScenario } from './report-scenario.ts';
import { exploredSchedules, scheduleTotal } from './schedules.ts';

const ORDER = { contenders: 2, commit: [1, 0], answer: [0, 1] };
const sent = (head: boolean, label = 'RT#7'): SentRefreshToken => ({
  ...secret(label, 87),
  ...{ family: 'F#1', generation: 3, head },
});

interface Round {
  readonly detail?: string;
  /** Not even a probe. */
  readonly unprobed?: boolean;
  /** What the probe's refresh sends; none: there is no refresh. */
  readonly token?: SentRefreshToken;
  /** How the probe's call ends; none: it never does. */
  readonly call?: Partial<ActionEnd> | null;
}

/** One schedule as the explorer runs it: contenders, then a probe that calls. Returns the numbers of the events that count. */
function play(tape: Tape, { detail = JSON.stringify(ORDER), unprobed = false, token, call = {} }: Round) {
  const begin = tape.add({ kind: 'phase', phase: 'schedule', detail });
  tape.action('call')();
  tape.token({ grantType: 'refresh_token', code: null, refreshToken: sent(true, 'RT#1') });
  if (unprobed) return { begin, probe: 0, refresh: 0, end: 0 };
  const probe = tape.phase('probe');
  const finish = tape.action('call');
  const refresh = token === undefined ? 0 : tape.token({ grantType: 'refresh_token', code: null, refreshToken: token });
  return { begin, probe, refresh, end: call === null ? 0 : finish(call) };
}

test('the probe’s refresh decides: the head is kept, anything else is lost', () => {
  const tape = createTape('commit-order');
  const kept = play(tape, { token: sent(true) });
  const lost = play(tape, { token: sent(false, 'RT#6') });
  expect(exploredSchedules(tape.history())).toEqual([
    {
      ...{ detail: JSON.stringify(ORDER), schedule: ORDER, violated: false, sent: 'RT#7' },
      evidence: [kept.refresh, kept.begin],
    },
    {
      ...{ detail: JSON.stringify(ORDER), schedule: ORDER, violated: true, sent: 'RT#6' },
      evidence: [lost.refresh, lost.begin],
    },
  ]);
});

test('a refresh that sends no token at all is a loss', () => {
  const tape = createTape('commit-order');
  tape.add({ kind: 'phase', phase: 'schedule' });
  tape.phase('probe');
  const end = tape.action('call');
  tape.token({ grantType: 'refresh_token', code: null, refreshToken: null });
  end();
  expect(exploredSchedules(tape.history())).toMatchObject([
    { detail: '', schedule: undefined, violated: true, sent: undefined },
  ]);
});

test('no refresh: a call that failed is a loss, one that went well or never ended says nothing', () => {
  const tape = createTape('commit-order');
  const failed = play(tape, { call: { result: 'failed' } });
  play(tape, { call: { result: 'ok' } });
  play(tape, { call: null });
  expect(exploredSchedules(tape.history())).toMatchObject([
    { violated: true, sent: undefined, evidence: [failed.end, failed.begin] },
  ]);
});

test('a schedule whose probe never came is left out, also when the next one has a probe', () => {
  const tape = createTape('commit-order');
  play(tape, { unprobed: true });
  const next = play(tape, { token: sent(true) });
  play(tape, { unprobed: true });
  expect(exploredSchedules(tape.history()).map(({ evidence }) => evidence)).toEqual([[next.refresh, next.begin]]);
});

test('what comes after the probe’s answer, or is no call, is not the probe’s', () => {
  const tape = createTape('commit-order');
  const begin = tape.phase('schedule');
  tape.phase('probe');
  tape.action('status')({ result: 'failed' });
  const end = tape.action('call')({ result: 'failed' });
  tape.token({ grantType: 'refresh_token', code: null, refreshToken: sent(true) });
  expect(exploredSchedules(tape.history())).toMatchObject([{ violated: true, evidence: [end, begin] }]);
});

test('a probe that asked for nothing says nothing, whatever the next round does; other phases are no probe', () => {
  const tape = createTape('commit-order');
  tape.phase('schedule');
  tape.phase('probe');
  const next = tape.phase('schedule');
  tape.phase('between');
  tape.action('call')({ result: 'failed' });
  tape.phase('probe');
  const end = tape.action('call')({ result: 'failed' });
  expect(exploredSchedules(tape.history()).map(({ evidence }) => evidence)).toEqual([[end, next]]);
});

test('a refresh that hangs in the probe counts although its call never ends', () => {
  const tape = createTape('commit-order');
  const { refresh, begin } = play(tape, { token: sent(false), call: null });
  expect(exploredSchedules(tape.history())).toMatchObject([{ violated: true, evidence: [refresh, begin] }]);
});

test('a text that is no schedule is kept as a text', () => {
  const tape = createTape('commit-order');
  for (const detail of ['{', '{"contenders":2}', 'null']) play(tape, { detail, token: sent(true) });
  expect(exploredSchedules(tape.history()).map(({ detail, schedule }) => [detail, schedule])).toEqual([
    ['{', undefined],
    ['{"contenders":2}', undefined],
    ['null', undefined],
  ]);
});

test('how many there are is the sum of what the scenario announced', () => {
  const tape = createTape('commit-order');
  expect(scheduleTotal(tape.history())).toBe(0);
  for (const detail of ['4', '36', 'many']) tape.add({ kind: 'phase', phase: 'schedules', detail });
  tape.add({ kind: 'phase', phase: 'schedule', detail: '7' });
  tape.phase('schedules');
  expect(scheduleTotal(tape.history())).toBe(40);
});

test('the report counts them: explored, of how many, violating', () => {
  const tape = createTape('commit-order');
  expect(reportScenario(tape.history())).not.toHaveProperty('schedules');
  tape.add({ kind: 'phase', phase: 'schedules', detail: '4' });
  play(tape, { token: sent(true) });
  play(tape, { token: sent(false) });
  play(tape, { token: sent(true) });
  expect(reportScenario(tape.history()).schedules).toEqual({ explored: 3, of: 4, violating: 1 });
  play(tape, { token: sent(false) });
  play(tape, { token: sent(true) });
  expect(reportScenario(tape.history()).schedules).toEqual({ explored: 5, of: 5, violating: 2 });
});
