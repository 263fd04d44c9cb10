import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';
import { createAuthority } from '../http/authority.ts';

const run = promisify(execFile);
const usual = getCACertificates('default');

afterEach(() => {
  setDefaultCACertificates(usual);
});

test('both origins speak TLS, and a client that trusts the authority logs in, calls and refreshes', async () => {
  const { mock, login, call, refresh } = await stage({ tls: true });
  expect(mock.loginUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(mock.instanceUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  await expect(fetch(`${mock.loginUrl}/services/data`)).rejects.toThrow();
  setDefaultCACertificates([...usual, readFileSync(mock.caFile!, 'utf8')]);
  const tokens = await login({ scope: 'openid api refresh_token' });
  expect(tokens['id']).toContain(mock.loginUrl);
  expect(tokens['instance_url']).toBe(mock.instanceUrl);
  expect((await call(tokens.access_token)).status).toBe(200);
  expect((await refresh(tokens.refresh_token)).status).toBe(200);
  const plain = mock.loginUrl.replace('https:', 'http:');
  await expect(fetch(`${plain}/services/data`)).rejects.toThrow();
});

test('curl takes the file, by the address and by the name', async () => {
  const { mock } = await stage({ tls: true });
  for (const origin of [mock.loginUrl, mock.instanceUrl, mock.loginUrl.replace('127.0.0.1', 'localhost')]) {
    const { stdout } = await run('curl', ['-sS', '--fail', '--cacert', mock.caFile!, `${origin}/services/data`]);
    expect(stdout).toContain('/services/data/v67.0');
  }
  await expect(run('curl', ['-sS', `${mock.loginUrl}/services/data`])).rejects.toThrow(/certificate/i);
});

test('the file is readable by this user only, holds no private key, and is removed with the mock', async () => {
  const { mock } = await stage({ tls: true });
  const file = mock.caFile!;
  expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----\n$/);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(statSync(dirname(file)).mode & 0o077).toBe(0);
  await mock.close();
  expect(existsSync(dirname(file))).toBe(false);
});

test('an authority signs for loopback names and its own host, and for nothing else', async () => {
  const at = Date.UTC(2026, 0, 1);
  const made = await createAuthority('10.1.2.3', at);
  const [authority, server] = [new X509Certificate(made.certificate), new X509Certificate(made.serverCertificate)];
  expect(authority.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.verify(authority.publicKey)).toBe(true);
  for (const ip of ['127.0.0.1', '10.1.2.3', '::1']) expect(server.checkIP(ip)).toBeDefined();
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkHost('login.salesforce.com')).toBeUndefined();
  expect(Date.parse(server.validTo) - at).toBeLessThan(825 * 86_400_000);
  expect((await createAuthority('localhost')).certificate).not.toBe(made.certificate);
});

test('without TLS there is no file', async () => {
  const { mock } = await stage();
  expect(mock.caFile).toBeUndefined();
});
