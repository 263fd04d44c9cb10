import { expect, test } from 'vitest';
import { grade, type Graded } from '../../../src/grade/grade.ts';
import type { Event } from '../../../src/history/event.ts';
import { loadRuleCatalogue } from '../../../src/run/catalogue.ts';
import { answeredFailed, answeredOk, recordedHistories } from './histories.ts';

const catalogue = await loadRuleCatalogue('sf-partner-2026-05');
const graded = (events: readonly Event[]): Graded => grade(events, catalogue);
const histories = recordedHistories().map((one) => ({ ...one, before: graded(one.events) }));

/** What is recorded on the wire, which no answer of a client changes. */
const WIRE: readonly Event['kind'][] = ['request', 'response'];

test('no client passes by reporting success where its exchanges show the failure', () => {
  let tried = 0;
  const believed = histories.flatMap(({ name, events, before }) => {
    const kinds = new Map(events.map(({ seq, kind }) => [seq, kind]));
    const after = new Map(graded(answeredOk(events)).checks.map((check) => [check.id, check]));
    return before.checks.flatMap(({ id, scenarios }) => {
      const onWire = scenarios.filter(
        ({ verdict, evidence }) =>
          (verdict === 'fail' || verdict === 'warn') &&
          evidence.length > 0 &&
          evidence.every((seq) => WIRE.includes(kinds.get(seq) ?? 'note')),
      );
      tried += onWire.length;
      const is = after.get(id);
      const passes = is?.scenarios.filter(({ verdict }) => verdict === 'pass').map((one) => one.id) ?? [];
      return onWire
        .filter((one) => is?.verdict === 'pass' || passes.includes(one.id))
        .map((one) => `${name}: ${id} in ${one.id} (${one.message})`);
    });
  });
  expect(believed).toEqual([]);
  expect(tried).toBeGreaterThan(150);
});

test('no client passes a check of its calls when it reports every one of them as failed', () => {
  const ofCalls = ['RACE-02', 'RACE-03', 'RACE-06', 'RACE-12', 'ERR-04', 'RES-01', 'RES-09', 'MIX-01'];
  let passed = 0;
  const stillPass = histories.flatMap(({ name, events, before }) => {
    const chosen = before.checks.filter(({ id, verdict }) => ofCalls.includes(id) && verdict === 'pass');
    passed += chosen.length;
    return graded(answeredFailed(events))
      .checks.filter(({ id, verdict }) => ofCalls.includes(id) && verdict === 'pass')
      .map(({ id }) => `${name}: ${id}`);
  });
  expect(stillPass).toEqual([]);
  expect(passed).toBeGreaterThan(20);
});
