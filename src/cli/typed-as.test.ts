import { expect, it } from 'vitest';
import { asTyped } from './typed-as.ts';

const start = { npm_lifecycle_event: 'start', npm_package_name: 'sf-conformance' };
const npx = { npm_lifecycle_event: 'npx', npm_lifecycle_script: "'sf-conformance' 'init'" };

it.each<[string, Record<string, string>, string]>([
  ['by name', {}, 'Next: sf-conformance run'],
  ['npm start of this package', start, 'Next: npm start -- run'],
  ['npm start of one that calls it', { ...start, npm_package_name: 'acme' }, 'Next: sf-conformance run'],
  ['npx', npx, 'Next: npx sf-conformance run'],
  ['npx of something else', { ...npx, npm_lifecycle_script: 'vitest run' }, 'Next: sf-conformance run'],
])('%s', (_, env, expected) => {
  expect(asTyped('Next: sf-conformance run', env)).toBe(expected);
});

it('leaves alone what is no command', () => {
  const text = 'sf-conformance ended; see /tmp/sf-conformance run and @acme/sf-conformance doctor';
  expect(asTyped(text, npx)).toBe(text);
});
