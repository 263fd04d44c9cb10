import { expect, test } from 'vitest';
import { runFacts } from '../../test-kit/run-facts.ts';
import type { EventOf, Selection } from '../history/event.ts';
import { whyPartial } from './partial.ts';

const begin = (selection: Selection) => ({ ...runFacts().begin, selection });
const end = (outcome: EventOf<'run-end'>['outcome'], detail?: string) =>
  ({ kind: 'run-end', outcome, seq: 9, t: 9, scenario: '', prev: '', ...(detail && { detail }) }) as const;

test('a run that came to its end with everything selected is whole', () => {
  expect(whyPartial(begin({}), end('completed'))).toBeUndefined();
  expect(whyPartial(begin({}), end('completed', 'all is well'))).toBeUndefined();
});

test('a run without an end was broken off, whatever was selected', () => {
  expect(whyPartial(begin({ grep: 'x' }), undefined)).toBe('The run was broken off before its end.');
});

test('an interrupted run says why, or at least that', () => {
  expect(whyPartial(begin({}), end('interrupted'))).toBe('The run was interrupted.');
  expect(whyPartial(begin({ grep: 'x' }), end('interrupted', 'Ctrl-C.'))).toBe('Ctrl-C.');
});

test('a selection is reported as it was asked for', () => {
  expect(whyPartial(begin({ suites: ['rtr', 'races'] }), end('completed'))).toBe(
    'Only a part was selected: --suite rtr,races.',
  );
  expect(whyPartial(begin({ suites: ['rtr'], grep: 'RACE-0', shard: '1/2' }), end('completed'))).toBe(
    'Only a part was selected: --suite rtr --grep RACE-0 --shard 1/2.',
  );
});
