import { describe, expect, test } from 'vitest';
import { sampleEvents } from '../../test-kit/sample-history.ts';
import type { Event } from '../history/event.ts';
import { loadRuleCatalogue } from '../run/catalogue.ts';
import { cutOff, judgeable } from './interrupted.ts';
import { grade } from './grade.ts';

const kinds = (events: readonly Event[]) =>
  events.map((event) => ('verb' in event ? `${event.kind} ${String(event.verb)}` : event.kind));
const begin = (verb: number) => ({ kind: 'verb-begin', verb }) as unknown as Event;
const end = (verb: number) => ({ kind: 'verb-end', verb }) as unknown as Event;
const over = (outcome: string) => ({ kind: 'scenario-end', outcome }) as unknown as Event;

test('ends before the first action that was open when another one was cut off', () => {
  expect(kinds(judgeable([begin(1), end(1), begin(2), begin(3), end(2)]))).toEqual(['verb-begin 1', 'verb-end 1']);
});

test('where the harness failed, nothing from there on counts, nor the actions that were open', () => {
  const failed = { kind: 'note', text: 'The mock failed', harnessFault: true } as unknown as Event;
  const whole = [begin(1), end(1), begin(2), failed, end(2), begin(3), end(3), over('error')];
  expect(kinds(judgeable(whole))).toEqual(['verb-begin 1', 'verb-end 1', 'scenario-end']);
  expect(kinds(judgeable([begin(1), end(1), failed, over('completed')]))).toEqual([
    ...['verb-begin 1', 'verb-end 1', 'scenario-end'],
  ]);
  expect(kinds(judgeable([failed, begin(1), end(1)]))).toEqual([]);
});

test('what is no action stays until the cut, and goes behind it', () => {
  const note = { kind: 'note', text: 'x' } as unknown as Event;
  expect(kinds(judgeable([note, begin(1), end(1), note]))).toEqual(['note', 'verb-begin 1', 'verb-end 1', 'note']);
  expect(kinds(judgeable([note, begin(1), end(1), note, begin(2), note]))).toEqual([
    ...['note', 'verb-begin 1', 'verb-end 1', 'note'],
  ]);
});

test('actions that were open together go together', () => {
  expect(kinds(judgeable([begin(1), end(1), begin(2), begin(3), begin(4), end(3), end(2)]))).toEqual([
    'verb-begin 1',
    'verb-end 1',
  ]);
});

describe('what the harness cut off', () => {
  const cut = (verb: number, process = 'P1') => ({ ...end(verb), result: 'interrupted', process }) as Event;
  const restart = (verb: number) => ({ ...begin(verb), name: 'restart', user: 'U1', seq: verb }) as Event;
  const open = (verb: number) => ({ ...begin(verb), user: 'U1', seq: verb }) as Event;

  test('is as if it had never been answered', () => {
    expect(kinds(judgeable([open(1), end(1), open(2), cut(2), over('interrupted')]))).toEqual([
      ...['verb-begin 1', 'verb-end 1', 'scenario-end'],
    ]);
  });

  test('counts as answered when a restart that the scenario asked for was the reason', () => {
    const killed = [open(1), restart(2), cut(1), end(2), open(3), end(3)];
    expect(cutOff(killed)).toEqual([]);
    expect(judgeable([...killed, over('interrupted')])).toHaveLength(7);
  });

  test('is found in histories that say `died` of it', () => {
    const died = { ...end(2), result: 'died', process: 'P1' } as Event;
    const ended = (expected: boolean) => ({ kind: 'process-end', process: 'P1', expected }) as Event;
    expect(cutOff([open(2), ended(true), died])).toEqual([died]);
    expect(cutOff([open(2), ended(false), died])).toEqual([]);
    expect(cutOff([ended(true), { kind: 'process-begin', process: 'P1' } as Event, open(2), died])).toEqual([]);
  });
});

test('what came to its end is left as it is, an interrupted end stays', () => {
  const whole = [begin(1), over('crashed')];
  expect(judgeable(whole)).toBe(whole);
  expect(kinds(judgeable([begin(1), over('interrupted')]))).toEqual(['scenario-end']);
  const answered = [begin(1), end(1)];
  expect(judgeable(answered)).toBe(answered);
});

test(
  'a good client is never found wanting because its run was killed, wherever that was',
  { timeout: 300_000 },
  async () => {
    const events = sampleEvents('compliant');
    const catalogue = await loadRuleCatalogue('sf-partner-2026-05');
    for (let length = 1; length < events.length; length += 41) {
      const graded = grade(events.slice(0, length), catalogue);
      const wanting = graded.checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict));
      expect(wanting.map(({ id, message }) => `${String(length)} ${id} ${message}`)).toEqual([]);
      expect(graded.run.partial).toBe(true);
    }
  },
);
