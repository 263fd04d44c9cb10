import { expect, test } from 'vitest';
import { exposedIn } from './exposure.ts';

const V = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const encoded = (text: string, by: BufferEncoding) => Buffer.from(text).toString(by);
const jwt = (payload: object) =>
  `${encoded('{"alg":"none"}', 'base64url')}.${encoded(JSON.stringify(payload), 'base64url')}.`;

test.each([
  ['as it is', [['state', V]], ['state']],
  ['inside another text', [['state', `/home|${V}`]], ['state']],
  [
    'in two places',
    [
      ['state', V],
      ['nonce', V],
    ],
    ['state', 'nonce'],
  ],
  ['as base64url', [['state', encoded(JSON.stringify({ v: V }), 'base64url')]], ['state (base64url)']],
  ['as padded base64', [['nonce', encoded(`${V}+`, 'base64')]], ['nonce (base64)']],
  ['in hexadecimal digits', [['state', encoded(V, 'hex')]], ['state (hex)']],
  ['percent-encoded', [['state', V.replaceAll('-', '%2D').replaceAll('_', '%5f')]], ['state (percent)']],
  ['in a JWT', [['login_hint', jwt({ pkce: V })]], ['login_hint (JWT)']],
  ['as the long part of the verifier', [['state', V.slice(5, 30)]], ['state']],
] as const)('finds a verifier that is in the front channel %s', (_, parameters, places) => {
  expect(exposedIn(V, parameters)).toEqual(places);
});

test('finds a state that the verifier decodes to', () => {
  const state = 'state-0123456789-abcdef';
  expect(exposedIn(encoded(state, 'base64url').padEnd(43, 'A'), [['state', state]])).toEqual(['state (base64url)']);
});

test('finds nothing where nothing is, nor in texts too short to prove anything', () => {
  expect(
    exposedIn(V, [
      ['state', 'dBjf'],
      ['nonce', ''],
      ['scope', 'api refresh_token'],
      ['client_id', '3MVG9abc'],
    ]),
  ).toEqual([]);
  expect(
    exposedIn('ab', [
      ['state', 'ab-cd'],
      ['display', 'page'],
    ]),
  ).toEqual([]);
});
