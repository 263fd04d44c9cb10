import { expect, test } from 'vitest';
import { measureRedirect } from './redirect.ts';

const LOOPBACK = ['http://127.0.0.1:0/callback', 'http://[::1]:0/callback', 'http://localhost:0/cb?x=1'];

test.each([
  ['exact', 'https://app.example.com/cb', ['https://app.example.com/cb']],
  ['exact', 'myapp://cb', ['myapp://cb']],
  ['exact', 'http://127.0.0.1:8080/cb', ['http://127.0.0.1:8080/cb']],
  ['loopback-port', 'http://127.0.0.1:51234/callback', LOOPBACK],
  ['loopback-port', 'http://127.0.0.1/callback', LOOPBACK],
  ['loopback-port', 'http://[::1]:9/callback', LOOPBACK],
  ['loopback-port', 'http://localhost:3000/cb?x=1', LOOPBACK],
  ['mismatch', 'http://localhost:3000/callback', LOOPBACK],
  ['mismatch', 'http://127.0.0.1:51234/callback/', LOOPBACK],
  ['mismatch', 'http://127.0.0.1:51234/callback?x=1', LOOPBACK],
  ['mismatch', 'http://127.0.0.1.evil.example:80/callback', LOOPBACK],
  ['mismatch', 'http://127.0.0.1:80@evil.example/callback', LOOPBACK],
  ['mismatch', 'https://127.0.0.1:51234/callback', LOOPBACK],
  ['mismatch', 'http://127.0.0.1:9999/cb', ['http://127.0.0.1:8080/cb']],
  ['mismatch', 'https://app.example.com:1/cb', ['https://app.example.com:0/cb']],
  ['mismatch', 'https://app.example.com/CB', ['https://app.example.com/cb']],
  ['absent', null, LOOPBACK],
  ['absent', '', LOOPBACK],
])('%s: %s', (result, given, registered) => {
  expect(measureRedirect(given, registered)).toBe(result);
});
