import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { TEXTS } from '../../mock-server/salesforce/denial.ts';
import { DOCUMENTED } from '../../mock-server/salesforce/documented.ts';
import { endpointOf } from '../../mock-server/recorder/endpoint.ts';
import { ROUTES } from '../../mock-server/salesforce/route.ts';
import { GRANTS as GRANT_TYPES } from '../../mock-server/oauth/grants.ts';
import { stage } from '../../mock-server/fixtures/stage.ts';
import { FAULTS } from '../../mock-server/faults/catalogue.ts';
import { SWITCHES } from '../../mock-server/switches/switch-table.ts';
import { NOT_BY_ITSELF, SERVER_CODES } from './codes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ERROR_SOURCES } from './errors.ts';
import { GRANTS } from './grants.ts';
import { coveragePage, saidBy, switchesPage } from './pages.ts';

const docs = join(import.meta.dirname, '../../docs/mock');

/** `npx vitest run tools/coverage --update` writes the pages anew. */
test('the pages are those that the code makes', async () => {
  const tidy = (page: string) => format(page, { parser: 'markdown', printWidth: 120 });
  await expect(await tidy(coveragePage())).toMatchFileSnapshot(join(docs, 'coverage.md'));
  await expect(await tidy(switchesPage())).toMatchFileSnapshot(join(docs, 'switches.md'));
});

test('every switch is named by what it changes', () => {
  const named = new Set([...ENDPOINTS, ...GRANTS].flatMap(({ switches = [] }) => switches));
  expect(Object.keys(SWITCHES).filter((name) => !named.has(name))).toEqual([]);
});

test('every grant, error and path of the code is in the tables, and nothing else', () => {
  const grants = GRANTS.map(({ what }) => what).filter((what) => !what.startsWith('response_type='));
  expect([...grants].sort()).toEqual([...GRANT_TYPES.keys()].sort());
  expect(Object.keys(ERROR_SOURCES).sort()).toEqual(Object.keys(TEXTS).sort());
  const paths = ENDPOINTS.map(({ what }) => what);
  for (const route of Object.values(ROUTES)) expect(paths).toContain(route);
  for (const { switches = [] } of [...ENDPOINTS, ...GRANTS])
    for (const name of switches) expect(Object.keys(SWITCHES)).toContain(name);
});

test.each(ENDPOINTS)(
  '$path answers, and is recorded as $endpoint',
  async ({ path, pattern, methods, endpoint, host }) => {
    const { mock } = await stage({ hosts: host === undefined ? [] : [host] });
    const real = path.replace('<org>', '00D').replace('<user>', '005').replace('…', 'x');
    expect([pattern.test(real), endpointOf('login', real)]).toEqual([true, endpoint]);
    for (const method of methods) {
      const { status } = await fetch((host === undefined ? mock.loginUrl : mock.hosts[host]!) + real, { method });
      expect([method, [404, 405].includes(status)]).toEqual([method, false]);
    }
  },
);

test('every code of the platform can be had, or it is said why not', () => {
  for (const code of SERVER_CODES) expect([code, saidBy(code)]).not.toEqual([code, '']);
  // What the mock says by itself or under a name of its own needs no excuse.
  const said = new Set<string>(Object.values(TEXTS).map(([error]) => error));
  for (const code of Object.keys(NOT_BY_ITSELF)) {
    expect(SERVER_CODES).toContain(code);
    expect(said).not.toContain(code);
    expect(DOCUMENTED.map(({ error }) => error)).not.toContain(code);
  }
});

test('faults and switches that the tables name are there', () => {
  const page = coveragePage();
  const [faults, switches] = [[...FAULTS.keys()], Object.keys(SWITCHES)];
  for (const [, listed = ''] of page.matchAll(/[Ff]aults? ((?:`[a-z-]+`(?:, | and )?)+)/g))
    for (const [, name] of listed.matchAll(/`([a-z-]+)`/g)) expect(faults).toContain(name);
  for (const [, name] of page.matchAll(/comes by `([a-zA-Z]+)`/g)) expect(switches).toContain(name);
});
