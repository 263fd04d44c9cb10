import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAdapterLine } from './protocol.ts';

const answer = (id: number, fields: object, whole = true): object => ({ kind: 'answer', id, answer: fields, whole });

test.each([
  ['{"id":1,"ok":true}', answer(1, { result: 'ok' })],
  ['  {"id":3,"ok":true,"status":200} ', answer(3, { result: 'ok', status: 200 })],
  ['\uFEFF{"id":1,"ok":true}\t', answer(1, { result: 'ok' })],
  ['{"id":5,"ok":true,"connected":false}', answer(5, { result: 'ok', connected: false })],
  ['{"id":4,"unsupported":true}', answer(4, { result: 'unsupported' })],
  [
    '{"id":3,"ok":false,"error":"text","reauthorize":true,"more":1}',
    answer(3, { result: 'failed', error: 'text', reauthorize: true }),
  ],
  ['{"id":3,"ok":false,"error":null}', answer(3, { result: 'failed' })],
  ['{"id":3,"ok":true,"status":"200"}', answer(3, { result: 'ok' }, false)],
  ['{"id":3,"ok":true,"status":7}', answer(3, { result: 'ok' }, false)],
])('%s', (line, expected) => expect(readAdapterLine(line)).toEqual(expected));

test.each([
  '',
  'hello',
  '[]',
  'null',
  '1',
  '{"id":"1","ok":true}',
  '{"id":1,"ok":"true"}',
  '{"id":1}',
  '{"ok":true}',
  '{"event":"open"}',
  '{"event":"open","url":"nowhere"}',
  '{"event":"closed","url":"http://127.0.0.1/"}',
  '{"id":1,"ok":true',
])('%s is junk', (line) => expect(readAdapterLine(line)).toEqual({ kind: 'junk' }));

test('an event names its URL, and its request if it likes', () => {
  expect(readAdapterLine('{"event":"open","url":"http://127.0.0.1/a"}')).toEqual({
    kind: 'open',
    url: new URL('http://127.0.0.1/a'),
  });
  expect(readAdapterLine('{"event":"open","id":7,"url":"http://127.0.0.1/a"}')).toMatchObject({ id: 7 });
});

test('no line makes it throw', () => {
  const line = fc.oneof(fc.string(), fc.json());
  fc.assert(
    fc.property(line, (text) => {
      expect(['answer', 'open', 'junk']).toContain(readAdapterLine(text).kind);
    }),
  );
});
