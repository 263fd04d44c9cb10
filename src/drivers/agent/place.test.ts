import { describe, expect, test } from 'vitest';
import { isLoopback, isRegistered, isResponse, redirectTarget, withoutQuery } from './place.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['[::1]', true],
  ['localhost', true],
  ['app.localhost', true],
  ['127.0.0.1.example.com', false],
  ['localhost.example.com', false],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
])('%s is loopback: %s', (hostname, expected) => expect(isLoopback(hostname)).toBe(expected));

describe('isRegistered', () => {
  test.each([
    ['http://127.0.0.1:49152/callback?code=1', 'http://127.0.0.1:0/callback', true],
    ['http://localhost:49152/callback', 'http://127.0.0.1:0/callback', true],
    ['http://[::1]:49152/callback', 'http://localhost:0/callback', true],
    ['http://127.0.0.1:49152/other', 'http://127.0.0.1:0/callback', false],
    ['http://evil.example:49152/callback', 'http://127.0.0.1:0/callback', false],
    ['http://localhost:1717/OauthRedirect?code=1', 'http://localhost:1717/OauthRedirect', true],
    ['http://localhost:1718/OauthRedirect', 'http://localhost:1717/OauthRedirect', false],
    ['https://app.example/cb?error=x', 'https://app.example/cb', true],
    ['http://app.example/cb', 'https://app.example/cb', false],
    ['https://app.example/cb/more', 'https://app.example/cb', false],
    ['myapp://cb?code=1', 'myapp://cb', true],
    ['com.acme.app:/oauth?code=1', 'com.acme.app:/oauth', true],
    ['myapp://other?code=1', 'myapp://cb', false],
    ['http://127.0.0.1/', 'no url', false],
  ])('%s for %s: %s', (url, registered, expected) => expect(isRegistered(new URL(url), [registered])).toBe(expected));
});

test.each([
  ['http://a/?code=1', true],
  ['http://a/?error=access_denied', true],
  ['http://a/#access_token=1', true],
  ['http://a/?state=1', false],
])('%s is an authorization response: %s', (url, expected) => expect(isResponse(new URL(url))).toBe(expected));

test('only a redirect with a Location leads on, and a Location may be relative or UTF-8', () => {
  const base = new URL('http://a/b/c');
  expect(redirectTarget(302, '../d?e', base)?.href).toBe('http://a/d?e');
  expect(redirectTarget(302, Buffer.from('/ü').toString('latin1'), base)?.href).toBe('http://a/%C3%BC');
  expect(redirectTarget(200, '/d', base)).toBeUndefined();
  expect(redirectTarget(304, '/d', base)).toBeUndefined();
  expect(redirectTarget(302, undefined, base)).toBeUndefined();
  expect(redirectTarget(302, 'http://[', base)).toBeUndefined();
});

test('query and fragment are cut', () => {
  expect(withoutQuery('myapp://cb?code=1\n2#x')).toBe('myapp://cb');
  expect(withoutQuery('http://a/b#c?d')).toBe('http://a/b');
});
