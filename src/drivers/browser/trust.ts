/** Makes Chromium trust the mock's certificate in addition to its own list. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { HarnessError } from '../../errors.ts';
import { deadline } from '../process/deadline.ts';

/** Milliseconds for a TLS handshake with the mock on this machine. */
const waitMs = 10_000;

/** Returns the public key of the mock's certificate in the form of Chromium's switch: SHA-256 of the SPKI in base64.
 * @param caFile PEM file of the mock's authority, against which the mock is verified first.
 * @throws HarnessError `certificates-unreadable` */
export async function mockKey(loginUrl: string, caFile: string): Promise<string> {
  const ca = await readFile(caFile, 'utf8').catch((cause: unknown) => {
    throw new HarnessError('certificates-unreadable', `${caFile} cannot be read.`, 'Check `mock.tls`.', { cause });
  });
  const { hostname, port } = new URL(loginUrl);
  const shaken = Promise.withResolvers<string>();
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443), ca }, () => {
    const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
    if (key === undefined) shaken.reject(new Error('no certificate'));
    else shaken.resolve(createHash('sha256').update(key).digest('base64'));
  });
  socket.on('error', shaken.reject);
  const over = new AbortController();
  void deadline(waitMs, over.signal).then(() => {
    shaken.reject(new Error('no handshake in time'));
  });
  try {
    return await shaken.promise;
  } catch (cause) {
    throw new HarnessError(
      'certificates-unreadable',
      `The mock at ${loginUrl} has no certificate of ${caFile}.`,
      'Check `mock.tls`.',
      {
        cause,
      },
    );
  } finally {
    over.abort();
    socket.destroy();
  }
}
