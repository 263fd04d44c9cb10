import { expect, it } from 'vitest';
import { typedAt } from './typed-at.ts';

const npm = { npm_lifecycle_event: 'start', npm_package_name: 'sf-conformance', INIT_CWD: '/typed' };

it.each<[string, Record<string, string>, string]>([
  ['npm start', npm, '/typed'],
  ['no npm', {}, '/here'],
  ['npm start of a package that calls us', { ...npm, npm_package_name: 'acme' }, '/here'],
  ['another script', { ...npm, npm_lifecycle_event: 'test' }, '/here'],
  ['an npm that does not say', { npm_lifecycle_event: 'start', npm_package_name: 'sf-conformance' }, '/here'],
])('%s', (_, env, expected) => {
  expect(typedAt(env, '/here')).toBe(expected);
});
