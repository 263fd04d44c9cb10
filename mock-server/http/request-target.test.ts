import { expect, test } from 'vitest';
import { originForm } from './request-target.ts';

test.each([
  ['/a?b#c', '/a?b#c'],
  ['//evil.example/x', '//evil.example/x'],
  ['*', '*'],
  ['http://mock/a?b', '/a?b'],
  ['HTTPS://mock', '/'],
  ['http://[]0', undefined],
  ['mailto:a', undefined],
  ['a', undefined],
  ['', undefined],
])('%j is %j', (target, expected) => expect(originForm(target)).toBe(expected));
