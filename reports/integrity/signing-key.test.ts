import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { publicKeyOf } from './signature.ts';
import { loadSigningKey, signingKeyPath } from './signing-key.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'signing-key-'));
});

describe('the key of an installation', () => {
  it('is made once, however many ask at the same time, and kept for its owner alone', async () => {
    const keys = await Promise.all(Array.from({ length: 24 }, () => loadSigningKey({ XDG_CONFIG_HOME: home })));
    expect(new Set(keys.map(({ key }) => publicKeyOf(key))).size).toBe(1);
    const path = join(home, 'sf-conformance', 'signing-key.pem');
    expect(keys[0]).toMatchObject({ origin: 'installation', path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(home, 'sf-conformance'))).toEqual(['signing-key.pem']);
  });

  it('is not made again', async () => {
    const first = await loadSigningKey({ XDG_CONFIG_HOME: home });
    const second = await loadSigningKey({ XDG_CONFIG_HOME: home });
    expect(publicKeyOf(second.key)).toBe(publicKeyOf(first.key));
  });

  it('can be given', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const path = join(home, 'mine.pem');
    await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { key, origin } = await loadSigningKey({ SF_CONFORMANCE_SIGNING_KEY: path, XDG_CONFIG_HOME: home });
    expect([origin, publicKeyOf(key)]).toEqual(['given', publicKeyOf(privateKey)]);
    expect(await readdir(home)).toEqual(['mine.pem']);
  });

  it('says so when what was given is no Ed25519 key, and quotes nothing of it', async () => {
    const path = join(home, 'rsa.pem');
    await writeFile(
      path,
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    for (const file of [path, join(home, 'absent.pem')])
      await expect(loadSigningKey({ SF_CONFORMANCE_SIGNING_KEY: file })).rejects.toMatchObject({
        code: 'signing-key-unreadable',
        exit: 2,
      });
    await writeFile(path, 'swordfish');
    await expect(loadSigningKey({ SF_CONFORMANCE_SIGNING_KEY: path })).rejects.not.toThrow(/swordfish/);
  });

  it('passes with the run where the folder cannot be written', async () => {
    await writeFile(join(home, 'sf-conformance'), 'a file where the folder should be');
    const { origin, path } = await loadSigningKey({ XDG_CONFIG_HOME: home });
    expect([origin, path]).toEqual(['passing', undefined]);
  });

  it('follows the base directory rules', () => {
    expect(signingKeyPath({ XDG_CONFIG_HOME: '/x' })).toBe('/x/sf-conformance/signing-key.pem');
    expect(signingKeyPath({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/sf-conformance\/signing-key\.pem$/);
  });

  it('is a PEM file that other tools read', async () => {
    const { path } = await loadSigningKey({ XDG_CONFIG_HOME: home });
    await chmod(path!, 0o600);
    expect(await readFile(path!, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });
});
