import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { CONTROL_API } from '../../test-kit/control-client.ts';
import { requirementSets } from '../../suites/requirements/sets.ts';
import { loadCatalogue } from '../../src/run/catalogue.ts';
import { contractPage } from './contract.ts';
import { controlApi } from './control-api.ts';
import { failuresPage } from './failures.ts';
import { publishedSchemas } from './json-schemas.ts';
import { escaped, table } from './markdown.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

describe('the published pages (`npm run docs` writes them)', () => {
  it('contract', async () => {
    await expect(contractPage()).toMatchFileSnapshot('../../docs/contract.md');
  });

  it('failures: a section for every check', async () => {
    const { checks } = await loadCatalogue();
    const page = failuresPage(checks, requirementSets);
    for (const { id } of checks) expect(page).toContain(`\n### ${id}\n`);
    await expect(page).toMatchFileSnapshot('../../docs/failures.md');
  });

  it.each(Object.entries(publishedSchemas()))('%s', async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/schema/${file}`);
  });

  it('the description of the control port', async () => {
    await expect(controlApi()).toMatchFileSnapshot('../../docs/openapi/control.v1.yaml');
    const validator = new Validator();
    expect(await validator.validate(CONTROL_API)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect((await validator.validate({ openapi: '3.1.0', info: {}, paths: {} })).valid).toBe(false);
  });

  it('lead nowhere that is not there', async () => {
    const names = (await readdir(docs, { recursive: true })).filter((name) => name.endsWith('.md'));
    const broken: string[] = [];
    for (const name of names) {
      const text = await readFile(resolve(docs, name), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/gu)) {
        if (/^[a-z]+:/u.test(target)) continue;
        if (!existsSync(resolve(docs, dirname(name), target))) broken.push(`${name}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });
});

describe('markdown', () => {
  it('keeps tables and tags whole', () => {
    expect(table(['a'], [['x|y\n<z> `<code>`']])).toEqual(['| a |', '| --- |', '| x\\|y &lt;z> `<code>` |']);
    expect(escaped('a < b')).toBe('a &lt; b');
  });
});
