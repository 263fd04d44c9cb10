import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { proofClients } from './variants.ts';

/** Checks that no adapter client can break, and what proves them instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'RACE-12': 'tabs need a browser: examples/single-page',
  'IDLE-02': 'it reports and cannot fail: suites/rtr/idle-token.test.ts',
  'RTR-14': 'the recording of ERR-01, whose failure blocks it: suites/rtr/expired-token.test.ts',
  'HYG-03': 'a page of the application needs a browser: suites/token-hygiene/hygiene.test.ts',
  'HYG-06': 'a storage needs a browser: suites/token-hygiene/hygiene.test.ts',
  'HYG-09': 'a page of the application needs a browser: suites/token-hygiene/hygiene.test.ts',
};

test('every check has a client that breaks it', async () => {
  const { checks } = await loadCatalogue();
  const broken = new Set((await proofClients()).flatMap(({ variant }) => Object.keys(variant.expect)));
  const bare = checks.filter(({ id, suite }) => suite !== 'settings' && !broken.has(id) && ELSEWHERE[id] === undefined);
  expect(bare.map(({ id }) => id)).toEqual([]);
});

test('what clients declare are checks that there are', async () => {
  const ids = new Set((await loadCatalogue()).checks.map(({ id }) => id));
  for (const { variant } of await proofClients()) {
    for (const id of Object.keys(variant.expect)) expect(ids, `${variant.name} declares ${id}`).toContain(id);
  }
});
