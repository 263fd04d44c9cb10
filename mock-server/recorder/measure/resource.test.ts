import { expect, test } from 'vitest';
import type { TokenLookup } from '../exchange.ts';
import { measureRefreshToken } from './refresh-token.ts';
import { findAccessToken, measureResource, measureRevocation } from './resource.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import type { ParsedRequest } from '../parsed-request.ts';

const book: TokenLookup = {
  refreshToken: (raw) => Promise.resolve(raw === 'rt' ? { family: 'F#1', generation: 2, head: true } : null),
  accessToken: (raw) =>
    Promise.resolve(raw === 'at' ? { family: 'F#1', generation: 3, newest: true, alive: false } : null),
};

function received({ query = '', body = '', type = 'application/x-www-form-urlencoded', headers = {} }): ParsedRequest {
  return {
    endpoint: 'resource',
    method: 'GET',
    path: '/services/data/',
    search: query,
    query: new URLSearchParams(query),
    form: new URLSearchParams(type.includes('form') ? body : ''),
    rawBody: Buffer.from(body),
    headers: Object.entries<string>({ 'Content-Type': type, ...headers }),
  };
}

test.each([
  ['a header', { headers: { 'X-Request-Id': 'sf-call-17' } }],
  ['a part of a header', { headers: { 'User-Agent': 'app/1.0 (sf-call-17)' } }],
  ['a parameter', { query: 'trace=sf-call-17' }],
])('the marker of a call in %s is noted', async (_, parts) => {
  expect(await measureResource(received(parts), createRedactor(), book)).toMatchObject({ marker: 'sf-call-17' });
});

test.each(['x-sf-call-17', 'sf-call-17-2', 'sf-call-', 'sf-call-x'])(
  '%s is not the marker of a call',
  async (value) => {
    expect(
      await measureResource(received({ headers: { 'X-Request-Id': value } }), createRedactor(), book),
    ).not.toHaveProperty('marker');
  },
);

test.each([
  ['header', { headers: { Authorization: 'Bearer at' } }],
  ['header', { headers: { authorization: 'OAuth at' } }],
  ['header', { headers: { 'X-SFDC-Session': 'at' } }],
  [
    'header',
    { type: 'text/xml', body: '<e:Header><u:SessionHeader><u:sessionId>at</u:sessionId></u:SessionHeader></e:Header>' },
  ],
  ['query', { query: 'access_token=at', headers: { Authorization: 'Bearer at' } }],
  ['query', { query: 'oauth_token=at' }],
  ['body', { body: 'access_token=at' }],
  ['body', { type: 'application/json', body: '{"access_token":"at"}' }],
])('access token in %s: %o', (place, parts) => {
  expect(findAccessToken(received(parts))).toEqual({ raw: 'at', in: place });
});

test.each([
  {},
  { headers: { Authorization: 'Basic eDp5' } },
  { type: 'application/json', body: '{"access' },
  { type: 'application/json', body: 'null' },
])('no access token: %o', (parts) => {
  expect(findAccessToken(received(parts))).toBeUndefined();
});

test('a resource request, with what the book knows of its token', async () => {
  const redactor = createRedactor();
  expect(await measureResource(received({ headers: { Authorization: 'Bearer at' } }), redactor, book)).toEqual({
    kind: 'resource',
    accessToken: { ...redactor.label('AT', 'at'), family: 'F#1', generation: 3, newest: true, alive: false },
    tokenIn: 'header',
  });
  expect(await measureResource(received({ query: 'access_token=no' }), redactor, book)).toMatchObject({
    accessToken: { family: null, generation: -1, newest: false, alive: false },
  });
  expect(await measureResource(received({}), redactor, book)).toEqual({
    kind: 'resource',
    accessToken: null,
    tokenIn: 'none',
  });
});

test('a revocation distinguishes refresh from access tokens, and body from query', async () => {
  const revoke = (parts: Parameters<typeof received>[0]) => measureRevocation(received(parts), createRedactor(), book);
  expect(await revoke({ body: 'token=rt' })).toMatchObject({
    refreshToken: { head: true },
    accessToken: null,
    tokenIn: 'body',
  });
  expect(await revoke({ query: 'token=at' })).toMatchObject({
    refreshToken: null,
    accessToken: { newest: true },
    tokenIn: 'query',
  });
  expect(await revoke({ body: 'token=00D000000000001!abc' })).toMatchObject({ accessToken: { generation: -1 } });
  expect(await revoke({ body: 'token=other' })).toMatchObject({ refreshToken: { family: null, generation: -1 } });
  expect(await revoke({})).toMatchObject({ refreshToken: null, accessToken: null, tokenIn: 'none' });
});

test.each([
  ['', 'empty'],
  ['undefined', 'undefined'],
  [' null ', 'null'],
  ['"null"', 'null'],
  ['NaN', 'NaN'],
  ['[object Object]', '[object Object]'],
  ['nullable', undefined],
  ['constructor', undefined],
])('literal leftovers: %j', async (raw, literal) => {
  expect((await measureRefreshToken(raw, createRedactor(), book))?.literal).toBe(literal);
});
