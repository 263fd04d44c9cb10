import { expect, test } from 'vitest';
import { findWords, isExcepted, WORDS } from './words.ts';

/** Joins what must not be here in one piece. */
const joined = (...parts: readonly string[]): string => parts.join('');

test.each([
  joined('No', 'body refreshes.'),
  joined('It was men', 'ded.'),
  joined('never put t', 'o the test'),
  joined('it is n', 'o valid JSON'),
  joined('a dea', 'd session'),
  joined('the session is dea', 'd'),
  joined('a livin', 'g access token'),
  joined('the her', 'd of calls'),
  joined('The client presente', 'd the old token.'),
  joined('drivers move', ' a client'),
  joined('the client is tol', 'd to refresh'),
  joined('A secret stan', 'ds in the file'),
])('finds the word in "%s"', (text) => {
  expect(findWords(text)).toHaveLength(1);
});

test.each([
  'it is no longer connected',
  'recommended',
  "scenarios: ['herd-2', 'herd']",
  'run.herd',
  'a user is present',
  'it stands in for Salesforce',
  'const stand = 1',
])('leaves "%s" alone', (text) => {
  expect(findWords(text)).toEqual([]);
});

test('says where the word is and what to write instead', () => {
  expect(findWords(joined('one\ntwo som', 'ebody'))).toEqual([
    { line: 2, word: joined('som', 'ebody'), instead: 'the one who acts: the client, a user, another process' },
  ]);
});

test('no pattern matches its own source, so that the list needs no exception', () => {
  for (const { pattern } of WORDS) expect(findWords(pattern.source)).toEqual([]);
});

test('published schemas and licences are exceptions', () => {
  expect(['reports/schema/published/x.json', 'LICENSE', 'README.md'].map(isExcepted)).toEqual([true, true, false]);
});
