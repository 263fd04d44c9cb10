import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAuthority } from '../../../mock-server/http/authority.ts';
import { temporaryFolder } from '../process/folder.ts';
import { mockKey } from './trust.ts';

test('the key of a mock that proves itself to its authority, and of no other', async () => {
  const [own, other] = await Promise.all([createAuthority('127.0.0.1'), createAuthority('127.0.0.1')]);
  const folder = temporaryFolder('trust');
  const file = join(folder.path, 'ca.pem');
  const wrong = join(folder.path, 'other.pem');
  await writeFile(file, own.certificate);
  await writeFile(wrong, other.certificate);
  const server = createServer({ cert: own.serverCertificate, key: own.serverKey }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const key = new X509Certificate(own.serverCertificate).publicKey.export({ type: 'spki', format: 'der' });
    expect(await mockKey(url, file)).toBe(createHash('sha256').update(key).digest('base64'));
    await expect(mockKey(url, wrong)).rejects.toMatchObject({ code: 'certificates-unreadable' });
    await expect(mockKey(url, join(folder.path, 'none.pem'))).rejects.toMatchObject({
      code: 'certificates-unreadable',
    });
    await expect(mockKey('https://127.0.0.1:9', file)).rejects.toMatchObject({ code: 'certificates-unreadable' });
  } finally {
    server.close();
    folder.remove();
  }
});
