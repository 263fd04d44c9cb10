import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { mockOptions } from './mock-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'mock-options-'));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const load = (input: unknown) => resolveConfig(input, { dir: folder, cwd: folder, env: {} });

it('hands on what the configuration says; paths are relative to the file', async () => {
  writeFileSync(join(folder, 'key.pem'), 'PEM');
  const given = { host: '0.0.0.0', public: true, tls: true, hosts: ['test', 'experience'], fixtures: 'records' };
  const options = await mockOptions(load({ app: { name: 'Acme', publicKey: 'key.pem', clientId: 'c' }, mock: given }));
  expect(options).toEqual({
    ...given,
    rotation: 'salesforce',
    fixtures: join(folder, 'records'),
    app: {
      ...{ name: 'Acme', clientId: 'c', client: 'public' },
      ...{ redirectUris: ['http://127.0.0.1:0/callback'], publicKey: 'PEM' },
    },
  });
});

it('by default opens no more hosts, has no fixtures and no key, and stays on loopback', async () => {
  const options = await mockOptions(load({}));
  expect(options).toMatchObject({ host: '127.0.0.1', public: false, tls: false, hosts: [] });
  expect(options).not.toHaveProperty('fixtures');
  expect(options.app).not.toHaveProperty('publicKey');
});

it('a key that is not there is trouble that names the file', async () => {
  await expect(mockOptions(load({ app: { publicKey: 'none.pem' } }))).rejects.toMatchObject({
    code: 'public-key-unreadable',
    message: expect.stringContaining(join(folder, 'none.pem')),
  });
});
