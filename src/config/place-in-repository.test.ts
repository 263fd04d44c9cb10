import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { placeInRepository } from './place-in-repository.ts';

const local = (path: string): string => path.replaceAll('/', sep);

test('a configuration is named from the root of its repository, else from where the command was typed', () => {
  const inRepository = (path: string): boolean => path === local('/home/kim/app/.git');
  const place = (file: string, cwd: string, exists: (path: string) => boolean): string =>
    placeInRepository(local(file), local(cwd), exists);
  expect(place('/home/kim/app/ci/conformance.config.json', '/home/kim/app/ci', inRepository)).toBe(
    'ci/conformance.config.json',
  );
  expect(place('/srv/app/ci/c.yaml', '/srv/app', () => false)).toBe('ci/c.yaml');
  expect(place('/srv/app/c.yaml', '/srv/other', () => false)).toBe('c.yaml');
});
