import { expect, test } from 'vitest';
import { sampleEvents } from '../../test-kit/sample-history.ts';
import { requirements } from '../../suites/requirements.ts';
import type { Event } from '../history/event.ts';
import { loadCatalogue } from '../run/catalogue.ts';
import { judgeable } from './interrupted.ts';
import { grade } from './grade.ts';

const kinds = (events: readonly Event[]) =>
  events.map((event) => ('verb' in event ? `${event.kind} ${String(event.verb)}` : event.kind));
const begin = (verb: number) => ({ kind: 'verb-begin', verb }) as unknown as Event;
const end = (verb: number) => ({ kind: 'verb-end', verb }) as unknown as Event;
const over = (outcome: string) => ({ kind: 'scenario-end', outcome }) as unknown as Event;

test('ends before the first verb that was open when another one was cut off', () => {
  expect(kinds(judgeable([begin(1), end(1), begin(2), begin(3), end(2)]))).toEqual(['verb-begin 1', 'verb-end 1']);
});

test('where the harness failed, nothing from there on counts, nor the verbs that were open', () => {
  const failed = { kind: 'note', text: 'The mock failed', harnessFault: true } as unknown as Event;
  const whole = [begin(1), end(1), begin(2), failed, end(2), begin(3), end(3), over('error')];
  expect(kinds(judgeable(whole))).toEqual(['verb-begin 1', 'verb-end 1', 'scenario-end']);
  expect(kinds(judgeable([begin(1), end(1), failed, over('completed')]))).toEqual([
    ...['verb-begin 1', 'verb-end 1', 'scenario-end'],
  ]);
  expect(kinds(judgeable([failed, begin(1), end(1)]))).toEqual([]);
});

test('what is no verb stays until the cut, and goes behind it', () => {
  const note = { kind: 'note', text: 'x' } as unknown as Event;
  expect(kinds(judgeable([note, begin(1), end(1), note]))).toEqual(['note', 'verb-begin 1', 'verb-end 1', 'note']);
  expect(kinds(judgeable([note, begin(1), end(1), note, begin(2), note]))).toEqual([
    ...['note', 'verb-begin 1', 'verb-end 1', 'note'],
  ]);
});

test('verbs that were open together go together', () => {
  expect(kinds(judgeable([begin(1), end(1), begin(2), begin(3), begin(4), end(3), end(2)]))).toEqual([
    'verb-begin 1',
    'verb-end 1',
  ]);
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
    const { checks } = await loadCatalogue();
    for (let length = 1; length < events.length; length += 41) {
      const graded = grade(events.slice(0, length), { checks, requirements });
      const wanting = graded.checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict));
      expect(wanting.map(({ id, message }) => `${String(length)} ${id} ${message}`)).toEqual([]);
      expect(graded.run.partial).toBe(true);
    }
  },
);
