import { describe, expect, test } from 'vitest';
import { endpointOf } from '../endpoint.ts';
import { showHeaders } from './headers.ts';
import { createRedactor } from './create-redactor.ts';
import { createLoginTracker } from '../login-tracker.ts';
import { showParameter, showParameters, showPath } from './parameters.ts';
import type { Login } from '../correlation.ts';

const app = { clientId: 'app-1', clientSecret: 'right-s3cret' };
const show = (name: string, value: string, redactor = createRedactor()) => {
  redactor.label('SECRET', app.clientSecret);
  return showParameter(name, value, { redactor, app });
};

describe('a parameter', () => {
  test.each([
    ['grant_type', 'refresh_token'],
    ['scope', 'api refresh_token'],
    ['client_id', 'app-1'],
    ['client_id', '3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3XHrXDiCQjK1mdgAvhCscA9GE'],
    ['code_challenge_method', 'S256'],
    ['prompt', 'login consent'],
    ['code_verifier', ''],
    ['client_secret', ''],
  ])('that is harmless stays: %s=%s', (name, value) => {
    expect(show(name, value)).toEqual({ name, value });
  });
  test.each([
    ['code_verifier', 'v', 'VERIFIER#1'],
    ['code_challenge', 'c', 'CHALLENGE#1'],
    ['state', 's', 'STATE#1'],
    ['nonce', 'n', 'NONCE#1'],
    ['refresh_token', 'undefined', 'RT#1'],
    ['access_token', 'a', 'AT#1'],
    ['token', 't', 'RT#1'],
    ['code', 'c', 'CODE#1'],
    ['client_secret', 'right-s3cret', 'SECRET'],
    ['client_secret', 'guess', 'VALUE#1'],
    ['unheard_of', 'x', 'VALUE#1'],
    ['__proto__', 'x', 'VALUE#1'],
    ['scope', 'x'.repeat(257), 'VALUE#1'],
    ['scope', 'a\u0000b', 'VALUE#1'],
  ])('that is not is a label: %s=%s → %s', (name, value, label) => {
    expect(show(name, value)).toMatchObject({ name, value: label, secret: { label, length: value.length } });
  });
  test('keeps the label that its value had before', () => {
    const redactor = createRedactor();
    redactor.label('AT', 'known');
    expect(show('token', 'known', redactor).value).toBe('AT#1');
  });
  test('that is harmless by name is redacted all the same', () => {
    expect(show('scope', 'api right-s3cret').value).toBe('api SECRET');
    expect(show('client_id', 'right-s3cret').value).toBe('SECRET');
  });
  test('redirect_uri loses its query, its fragment and who logs in', () => {
    expect(show('redirect_uri', 'http://127.0.0.1:1/cb?x=1#f').value).toBe('http://127.0.0.1:1/cb?…');
    expect(show('redirect_uri', 'https://user:pass@host/cb').value).toBe('https://host/cb');
    expect(show('redirect_uri', 'myapp://cb').value).toBe('myapp://cb');
  });
  test('whose name is a secret loses its name', () => {
    expect(show('5Aep8613hy0tHCYdhxJMolioLtSyVWkdY', '').name).toBe('VALUE#1');
  });
});

test('repeated parameters stay in order, and there are at most 200', () => {
  const redactor = createRedactor();
  const two = showParameters(new URLSearchParams('scope=a&scope=b'), { redactor, app });
  expect(two).toEqual([
    { name: 'scope', value: 'a' },
    { name: 'scope', value: 'b' },
  ]);
  expect(showParameters(new URLSearchParams('a=&'.repeat(999)), { redactor, app })).toHaveLength(200);
});

test('headers', () => {
  const redactor = createRedactor();
  redactor.label('SECRET', app.clientSecret);
  redactor.label('AT', 'known-access-token');
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const shown = showHeaders(
    [
      ['Host', '127.0.0.1:1'],
      ['authorization', basic('app-1:right-s3cret')],
      ['Authorization', basic('app-1:guess')],
      ['Authorization', basic('app-1:')],
      ['Authorization', 'Bearer known-access-token'],
      ['Authorization', 'DPoP known-access-token'],
      ['DPoP', 'a.proof.jwt'],
      ['Authorization', 'lonely'],
      ['Cookie', 'sid=abc; empty=; flag'],
      ['Referer', 'http://127.0.0.1:1/cb?code=c1&scope=api'],
      ['X-Sf-Conformance-Browser', 'key;user=U1'],
      ['X-SFDC-Session', 'known-access-token'],
      ['User-Agent', 'agent/1.0 right-s3cret'],
      ['X-Long', 'ab '.repeat(200)],
    ],
    { redactor, app },
  );
  expect(shown.map(({ name, value }) => [name, value])).toEqual([
    ['Host', '127.0.0.1:1'],
    ['authorization', 'Basic SECRET'],
    ['Authorization', 'Basic VALUE#1'],
    ['Authorization', 'Basic (empty password)'],
    ['Authorization', 'Bearer AT#1'],
    ['Authorization', 'DPoP AT#1'],
    ['DPoP', 'VALUE#2'],
    ['Authorization', 'VALUE#3'],
    ['Cookie', 'sid=VALUE#4; empty=; VALUE#5'],
    ['Referer', 'http://127.0.0.1:1/cb?code=CODE#1&scope=api'],
    ['X-SFDC-Session', 'AT#1'],
    ['User-Agent', 'agent/1.0 SECRET'],
    ['X-Long', 'ab '.repeat(200).slice(0, 256)],
  ]);
  expect(shown[1]?.secret?.label).toBe('SECRET');
});

test('segments of a path that are secret are labels', () => {
  expect(showPath('/id/00D000000000001AAA/5Aep8613hy0tHCYdhxJMolioLtSyVWkdY/x', { redactor: createRedactor() })).toBe(
    '/id/00D000000000001AAA/VALUE#1/x',
  );
});

test.each([
  ['login', '/services/oauth2/authorize', 'authorize'],
  ['login', '/services/oauth2/authorize/brand', 'authorize'],
  ['login', '//services//oauth2/token', 'token'],
  ['login', '/services/oauth2/token/', 'token'],
  ['login', '/services/oauth2/tokens', 'other'],
  ['instance', '/services/oauth2/revoke', 'revoke'],
  ['login', '/services/oauth2/introspect', 'introspect'],
  ['login', '/services/oauth2/userinfo', 'userinfo'],
  ['login', '/services/oauth2/success', 'success'],
  ['other', '/services/oauth2/echo', 'success'],
  ['login', '/id/keys', 'keys'],
  ['login', '/services/oauth2/id/keys', 'keys'],
  ['login', '/id/00D/005', 'identity'],
  ['login', '/.well-known/openid-configuration', 'discovery'],
  ['login', '/login/abc', 'login'],
  ['login', '/secur/authorize/abc', 'login'],
  ['login', '/services/data/v67.0/query', 'resource'],
  ['login', '/services/Soap/u/60.0', 'resource'],
  ['instance', '/whatever', 'resource'],
  ['other', '/whatever', 'other'],
] as const)('%s %s is %s', (host, path, endpoint) => {
  expect(endpointOf(host, path)).toBe(endpoint);
});

test('origins follow redirects inside the mock, not the one that carries the code away', () => {
  const origins = createLoginTracker();
  const login: Login = { seq: 1, challenge: null, method: null, redirectUri: null, parameters: [] };
  origins.follow('/login/q7Vn3kZt0aXc5RfG1hJ2m?x=1', login);
  origins.follow('http://client.example/callback/R2d2c3poBB8k2soL3w7x?code=1', login);
  expect(origins.of('/services/oauth2/authorize/q7Vn3kZt0aXc5RfG1hJ2m')).toBe(login);
  expect(origins.of('/login')).toBeUndefined();
  expect(origins.of('/callback/R2d2c3poBB8k2soL3w7x')).toBeUndefined();
  origins.remember('short', login);
  expect(origins.of('/resume/short')).toBe(login);
  for (let n = 0; n < 6_000; n += 1) origins.remember(`key ${String(n)}`, login);
  expect(origins.of('/resume/short')).toBeUndefined();
});

test('names of parameters that give a secret away together are not shown', () => {
  const redactor = createRedactor();
  const raw = '5Aep861TSESvWeug_xvFHRBTTbf_YrTWgEyjBJrfTjYV5rRpd0N2wY1x';
  const { label } = redactor.label('RT', raw);
  const references = new URLSearchParams(Array.from(raw, (one) => [`#${String(one.charCodeAt(0))};`, '']));
  const pieces = new URLSearchParams((raw.match(/.{1,9}/g) ?? []).map((one) => [one, '1']));
  for (const query of [references, pieces]) {
    const shown = showParameters(new URLSearchParams(`scope=api&${query.toString()}`), { redactor, app });
    expect(shown[0]).toEqual({ name: 'scope', value: 'api' });
    expect(new Set(shown.slice(1).map(({ name }) => name))).toEqual(new Set([label]));
  }
});
