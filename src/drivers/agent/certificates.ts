/** Chooses the certificate authorities that the harness's browser trusts: those of Node.js, and the mock's own when it uses TLS. */
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { HarnessError } from '../../errors.ts';

/** Reads the certificates to trust.
 * @param file PEM file of the mock's authority (`NODE_EXTRA_CA_CERTS` of the client); undefined without TLS.
 * @throws HarnessError `certificates-unreadable` */
export async function trustedCertificates(file: string | undefined): Promise<readonly string[] | undefined> {
  if (file === undefined) return undefined;
  try {
    return [...rootCertificates, await readFile(file, 'utf8')];
  } catch (cause) {
    throw new HarnessError('certificates-unreadable', `${file} cannot be read.`, 'Check `mock.tls`.', { cause });
  }
}
