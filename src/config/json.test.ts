import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

test.each([
  ['{ "app": { "name": "A" ', "Expected ',' or '}' after property value", 1, 24],
  ['{ "app": 1\n  "name": 2 }', "Expected ',' or '}' after property value", 2, 3],
  ['{ app: 1 }', "Expected property name or '}'", 1, 3],
  ['["a" "b"]', "Expected ',' or ']' after array element", 1, 6],
])('says of %s what was expected, and where', (text, problem, line, column) => {
  expect(parseJson(text)).toEqual({ ok: false, problem: `not valid JSON (${problem})`, line, column });
});

test('allows comments and a comma before a closing bracket', () => {
  expect(parseJson('{ "a": [1, 2,], // "b"\n /* c */ "d": "//", }')).toEqual({
    ok: true,
    value: { a: [1, 2], d: '//' },
  });
});
