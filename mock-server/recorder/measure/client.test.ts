import { describe, expect, test } from 'vitest';
import { measureClient, readBasic } from './client.ts';
import type { ParsedRequest } from '../parsed-request.ts';

const app = { clientId: 'app-1', clientSecret: 'pa+ss/wo rd%:ü' };

function received({ query = '', form = '', authorization = '' }): ParsedRequest {
  return {
    endpoint: 'token',
    method: 'POST',
    path: '/services/oauth2/token',
    search: query,
    query: new URLSearchParams(query),
    form: new URLSearchParams(form),
    rawBody: Buffer.from(form),
    headers: authorization === '' ? [] : [['Authorization', authorization]],
  };
}
const secret = encodeURIComponent(app.clientSecret);
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('client_secret', () => {
  test.each([
    ['absent', ''],
    ['empty', 'client_secret='],
    ['empty', 'client_secret'],
    ['valid', `client_secret=${secret}`],
    ['wrong', 'client_secret=guess'],
    ['wrong', `client_secret=${secret}&client_secret=guess`],
    ['empty', `client_secret=${secret}&client_secret=`],
    ['valid', `client_secret=${secret}&client_secret=${secret}`],
  ] as const)('%s in body and query: %s', (presence, text) => {
    expect(measureClient(received({ form: text }), app)).toMatchObject({
      body: presence,
      query: 'absent',
      basic: 'absent',
    });
    expect(measureClient(received({ query: text }), app)).toMatchObject({ query: presence, body: 'absent' });
  });
  test('no secret is right for an app that has none', () => {
    expect(measureClient(received({ form: 'client_secret=x' }), { clientId: 'app-1' }).body).toBe('wrong');
    expect(measureClient(received({ authorization: basic('app-1:x') }), { clientId: 'app-1' }).basic).toBe('wrong');
  });
});

describe('Basic', () => {
  test.each([
    ['valid', 'encoded', basic(`app-1:${secret}`)],
    ['valid', 'raw', basic(`app-1:${app.clientSecret}`)],
    ['wrong', undefined, basic('app-1:guess')],
    ['empty', undefined, basic('app-1:')],
    ['empty', undefined, basic('app-1')],
    ['empty', undefined, 'basic '],
    ['absent', undefined, 'Bearer abc'],
  ])('%s, %s: %s', (presence, encoding, authorization) => {
    const facts = measureClient(received({ authorization }), app);
    expect(facts.basic).toBe(presence);
    expect(facts.basicEncoding).toBe(encoding);
  });
  test('either, when the secret needs no encoding', () => {
    const plain = { clientId: 'app-1', clientSecret: 'abc123' };
    expect(measureClient(received({ authorization: basic('app-1:abc123') }), plain).basicEncoding).toBe('either');
  });
  test('survives what is no base64 and no percent-encoding', () => {
    expect(readBasic('Basic %%%')?.raw.secret).toBe('');
    expect(readBasic(basic('id:100%'))).toEqual({ raw: { id: 'id', secret: '100%' }, formDecoded: undefined });
  });
});

test.each([
  ['body', true, { form: 'client_id=app-1' }],
  ['body', false, { form: 'client_id=app-2', authorization: basic('app-1:x') }],
  ['query', true, { query: 'client_id=app-1' }],
  ['basic', true, { authorization: basic('app-1:x') }],
  ['basic', true, { authorization: basic('app%2D1:x') }],
  ['assertion', false, { form: 'client_assertion=a.b.c' }],
  ['none', false, { form: 'client_id=' }],
])('client_id in %s, known: %s', (place, known, parts) => {
  expect(measureClient(received(parts), app).clientId).toEqual({ in: place, known });
});

test('scheme of the Authorization header, assertion', () => {
  expect(measureClient(received({}), app)).toMatchObject({ authorizationScheme: null, assertion: false });
  expect(measureClient(received({ authorization: 'DPoP xyz' }), app).authorizationScheme).toBe('dpop');
  expect(measureClient(received({ authorization: 'a'.repeat(99) }), app).authorizationScheme).toBe(null);
  expect(measureClient(received({ form: 'client_assertion=a' }), app).assertion).toBe(true);
});
