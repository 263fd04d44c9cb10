import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

test('is that of the connection, where the operator says so', () => {
  const address = clientAddress('connection');
  expect(address(from('::ffff:198.51.100.7', { connection: 'close' }))).toBe('198.51.100.7');
  expect(address(from('2001:db8::7', { 'x-forwarded-for': '203.0.113.1' }))).toBe('2001:db8::7');
});

test('is the last one of the header that the proxy appends to, and never what is no address', () => {
  const address = clientAddress('X-Forwarded-For');
  expect(address(from('10.0.0.1', { 'x-forwarded-for': '203.0.113.1, 198.51.100.7' }))).toBe('198.51.100.7');
  expect(address(from('10.0.0.1', { 'x-forwarded-for': 'unknown' }))).toBeUndefined();
  expect(address(from('10.0.0.1'))).toBeUndefined();
});
