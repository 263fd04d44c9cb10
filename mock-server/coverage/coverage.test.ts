import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { TEXTS } from '../dialect/denial.ts';
import { ROUTES } from '../dialect/route.ts';
import { GRANT_TYPES } from '../endpoint/token-form.ts';
import { stage } from '../fixtures/stage.ts';
import { SWITCHES } from '../policy/switch-table.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ERROR_SOURCES } from './errors.ts';
import { GRANTS } from './grants.ts';
import { coveragePage, switchesPage } from './pages.ts';

const docs = join(import.meta.dirname, '../../docs/mock');

/** `npx vitest run mock-server/coverage --update` writes the pages anew. */
test('the pages are those that the code makes', async () => {
  const tidy = (page: string) => format(page, { parser: 'markdown', printWidth: 120 });
  await expect(await tidy(coveragePage())).toMatchFileSnapshot(join(docs, 'coverage.md'));
  await expect(await tidy(switchesPage())).toMatchFileSnapshot(join(docs, 'switches.md'));
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

test.each(ENDPOINTS.map(({ what, host }) => [what, host] as const))('%s answers', async (path, host) => {
  const { mock } = await stage({ hosts: host === undefined ? [] : [host] });
  const real = path.replace('<org>', '00D').replace('<user>', '005').replace('…', 'x');
  expect((await fetch((host === undefined ? mock.loginUrl : mock.hosts[host]!) + real)).status).not.toBe(404);
});
