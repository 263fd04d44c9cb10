import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { reference } from './reference.ts';
import { loadVariant } from './variant.ts';

const names = ['broken', 'unusual'].flatMap((folder) =>
  readdirSync(new URL(`../${folder}`, import.meta.url)).map((file) => basename(file, '.ts')),
);

test('every name is unique', () => {
  expect(new Set(names).size).toBe(names.length);
});

test.each(names)('%s loads, has the name of its file, and replaces only what exists', async (name) => {
  const variant = await loadVariant(name);
  expect(variant.name).toBe(name);
  expect(variant.bug).toMatch(/^[A-Z].+\.$/);
  for (const behaviour of Object.keys(variant.behaviours)) expect(reference).toHaveProperty(behaviour);
  for (const id of Object.keys(variant.expect)) expect(id).toMatch(/^[A-Z]+-\d\d$/);
});

test('a name that is a path is refused', async () => {
  await expect(loadVariant('../client/main')).rejects.toThrow('There is no client named');
});
