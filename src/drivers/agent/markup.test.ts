import { expect, test } from 'vitest';
import { markupOf, reflected } from './markup.ts';

const url = new URL('http://127.0.0.1/callback');
url.searchParams.set('error', 'OAUTH_UNHEARD_OF');
url.searchParams.set('error_description', '<b onclick="x">denied</b>');
const markup = markupOf(url);

test('only what holds a tag is looked for', () => {
  expect([...markup.keys()]).toEqual(['error_description']);
  expect(markupOf(new URL('http://a/?x=1<2&y=a>b')).size).toBe(0);
});

test.each([
  ['<p><b onclick="x">denied</b></p>', 'text/html; charset=utf-8', ['error_description']],
  ['<p><b onclick="x">denied</b></p>', undefined, ['error_description']],
  ['<p>&lt;b onclick="x">denied&lt;/b></p>', 'text/html', []],
  ['OAUTH_UNHEARD_OF', 'text/html', []],
  ['<b onclick="x">denied</b>', 'text/plain', []],
  ['{"error":"<b onclick="x">denied</b>"}', 'application/json', []],
])('%s as %s', (body, contentType, expected) => {
  expect(reflected(markup, { kind: 'page', status: 400, location: undefined, contentType, body })).toEqual(expected);
});
