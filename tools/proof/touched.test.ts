/** The reference client through everything, and the clients that the latest change touches. */
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { proveClients } from './matrix/prove-clients.ts';
import { changedFiles, touchedClients } from './touched.ts';
import { proofClients } from './variants.ts';

const { checks } = await loadCatalogue();
const clients = await proofClients();
const touched = touchedClients(changedFiles(), clients, checks);

await proveClients('the reference client and those that the change touches', ({ variant }) =>
  ['reference', ...touched].includes(variant.name),
);

test('a changed client is run, and for a changed check a client that breaks it', () => {
  expect(touchedClients(['suites/proof/broken/naive.ts'], clients, checks)).toEqual(['naive']);
  const breakers = touchedClients(['suites/races/single-flight.check.ts'], clients, checks);
  expect(breakers.length).toBeGreaterThan(0);
  const races = new Set(checks.filter(({ suite }) => suite === 'races').map(({ id }) => id));
  for (const name of breakers) {
    const declared = clients.find(({ variant }) => variant.name === name)?.variant.expect ?? {};
    expect(Object.keys(declared).some((id) => races.has(id))).toBe(true);
  }
  expect(touchedClients(['docs/cli.md'], clients, checks)).toEqual([]);
});
