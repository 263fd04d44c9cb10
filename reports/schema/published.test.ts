import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { broken } from './broken-promises.test-support.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): Promise<string> => readFile(new URL(file, root), 'utf8');

/** SHA-256 of version 1 as it was published first. These files are never touched; a version 2 gets files of its own. */
const PUBLISHED: readonly (readonly [string, string])[] = [
  ['report.v1.schema.json', '06a73677dcd3ea5f5c0801df1629e9fa3cb0a1fe986035112f77137a992c4ade'],
  ['history.v1.schema.json', '1cfae4aca72fd0b69e7b6c677d98b1472436108d15dca83d825b3f61c602b71f'],
];

describe.each(PUBLISHED)('%s', (file, digest) => {
  it('is kept as it was published', async () => {
    expect(
      createHash('sha256')
        .update(await read(`reports/schema/published/${file}`))
        .digest('hex'),
    ).toBe(digest);
  });

  it('is only added to', async () => {
    const [before, after] = await Promise.all([read(`reports/schema/published/${file}`), read(`docs/schema/${file}`)]);
    expect(broken(JSON.parse(before), JSON.parse(after)), 'A change that breaks readers needs a new version').toEqual(
      [],
    );
  });
});

describe('a promise', () => {
  const before = {
    type: 'object',
    properties: { verdict: { enum: ['pass', 'fail'] }, at: { type: 'string', description: 'When.' } },
    required: ['verdict'],
  };
  const changed = (properties: object, required = ['verdict']): object => ({
    ...before,
    properties: { ...before.properties, ...properties },
    required,
  });

  it('is kept by what is added, and by better words', () => {
    expect(broken(before, changed({ more: { type: 'string' }, at: { type: 'string', description: 'Then.' } }))).toEqual(
      [],
    );
  });

  it.each([
    ['#/properties/at', { ...before, properties: { verdict: before.properties.verdict } }],
    ['#/properties/at/type', changed({ at: { type: 'number' } })],
    ['#/properties/at/pattern', changed({ at: { type: 'string', pattern: 'x' } })],
    ['#/properties/verdict/enum/1', changed({ verdict: { enum: ['pass'] } })],
    ['#/required', changed({}, ['verdict', 'at'])],
    ['#/required', changed({}, [])],
  ])('is broken at %s', (path, after) => {
    expect(broken(before, after)).toEqual([path]);
  });
});
