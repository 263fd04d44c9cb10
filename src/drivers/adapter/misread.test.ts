import { expect, test } from 'vitest';
import { misread } from './misread.ts';

test.each([
  ['{"id":"1","ok":true}', 'without quotes'],
  ['{"id":1,"ok":"true"}', '`ok` is true or false'],
  ['{"id":1}', 'an answer has `ok`'],
  ['{"ok":true}', 'carries the `id`'],
  ['{"id":9,"ok":true}', 'no request with this `id`'],
  ['{"event":"opened","url":"http://127.0.0.1/"}', 'the only event is `open`'],
  ['{"event":"open","url":"undefined/services/oauth2/authorize"}', 'a whole URL'],
  ['{"event":"open"}', 'a whole URL'],
  ['INFO: {"event":"open","url":"http://127.0.0.1/"}', 'alone on a line of its own'],
  ['  "event": "open",', 'alone on a line of its own'],
  ["{'id': 1, 'ok': True}", 'alone on a line of its own'],
  ['{"id":1,"ok":true}{"id":2,"ok":true}', 'alone on a line of its own'],
])('%s', (line, why) => {
  expect(misread(line)).toContain(why);
  expect(misread(line)).toContain(line.trim());
});

test.each(['', 'Welcome', '[1]', '1', '{"level":"info"}', '{not json}'])('%s was not meant for the harness', (line) => {
  expect(misread(line)).toBeUndefined();
});

test('a long line is cut', () => {
  expect(misread(`{"id":"1","ok":true,"more":"${'x'.repeat(5_000)}"}`)!.length).toBeLessThan(400);
});
