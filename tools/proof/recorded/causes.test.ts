/** One cause, one failure: the causal model is whole, and no recorded client fails a check besides those that it declares. */
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../src/grade/check.ts';
import { grade } from '../../../src/grade/grade.ts';
import { OBSERVATIONS, type Observation } from '../../../src/grade/observation.ts';
import { loadCatalogue, loadRuleCatalogue } from '../../../src/run/catalogue.ts';
import { ruleIds } from '../../../suites/requirements/rule-ids.ts';
import { loadVariant } from '../../../suites/proof/client/variant.ts';
import { readPack } from './pack.ts';

const { checks } = await loadCatalogue();
const observations = Object.keys(OBSERVATIONS) as readonly Observation[];
const ownerOf = (observation: Observation): Check | undefined =>
  checks.find(({ shows }) => shows?.includes(observation) === true);

describe('the causal model', () => {
  test.each(observations)('%s is shown by one check, and another one relies on it', (observation) => {
    expect(checks.filter(({ shows }) => shows?.includes(observation) === true)).toHaveLength(1);
    const relying = checks.filter(({ relies }) => relies?.includes(observation) === true);
    expect(relying.map(({ id }) => id)).not.toEqual([]);
    expect(relying).not.toContain(ownerOf(observation));
  });

  /** Suites whose questions arise only for a client that refreshes, and the checks in them that ask something else. */
  const REFRESHING = ['rtr', 'races', 'error-handling', 'resilience', 'session', 'soak'];
  const OTHERWISE: Readonly<Record<string, string>> = {
    'RTR-01': 'it shows whether the client refreshes',
    'RTR-10': 'a client without an expiry time may refresh too often, whatever makes it refresh',
    'RTR-11': 'it looks for refreshes that nothing called for',
    'IP-01': 'every refresh counts, whatever led to it',
    'ERR-10': 'it looks for refreshes after a 403 or 404',
    'RES-10': 'any token request may be redirected',
  };

  test('every check that needs a refresh relies on one, by itself or through what it relies on', () => {
    const reached = ({ relies = [] }: Check, seen = new Set<Observation>()): ReadonlySet<Observation> => {
      for (const observation of relies) {
        if (seen.has(observation)) continue;
        seen.add(observation);
        const owner = ownerOf(observation);
        if (owner !== undefined) reached(owner, seen);
      }
      return seen;
    };
    const without = checks.filter(
      (check) => REFRESHING.includes(check.suite) && !reached(check).has('refresh-after-401'),
    );
    expect(without.map(({ id }) => id).toSorted()).toEqual(Object.keys(OTHERWISE).toSorted());
  });
});

describe.each(ruleIds)('by %s', async (rules) => {
  const catalogue = await loadRuleCatalogue(rules);

  test.each(readPack().map(({ name, events }) => [name, events] as const))(
    '%s fails what it declares and nothing else',
    async (name, events) => {
      const { expect: declared } = await loadVariant(name);
      const bad = grade(events, catalogue).checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict));
      expect(bad.filter(({ id, verdict }) => declared[id] !== verdict).map(({ id, message }) => [id, message])).toEqual(
        [],
      );
    },
  );
});
