/** Creates a certificate authority for one mock. It signs one server certificate; only its own certificate is kept. */
import { randomBytes, webcrypto } from 'node:crypto';

/** Certificates and key of one mock. */
export interface Authority {
  /** PEM of the authority's certificate, which clients must trust. */
  readonly certificate: string;
  /** PEM of the server's certificate, signed by the authority. */
  readonly serverCertificate: string;
  /** PEM (PKCS #8) of the server's private key. It stays in memory. */
  readonly serverKey: string;
}

const DAY_MS = 86_400_000;
/** Some platforms refuse server certificates that are valid for more than 825 days. */
const LIFETIME_MS = 30 * DAY_MS;
/** How far in the past the certificate becomes valid, for clients with slow clocks. */
const BEFORE_MS = 30 * DAY_MS;
const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Creates an authority and a server certificate for loopback names (RFC 5280 §4.2.1.6) and for `host`. The authority's private key is
 * discarded when this function returns, so it cannot sign anything else.
 * @param at milliseconds of the epoch */
export async function createAuthority(host: string, at: number = Date.now()): Promise<Authority> {
  // Takes about 0.4 s to load, so it is loaded with TLS only.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  // The library uses the browser's types for Node's WebCrypto.
  const pair = async () =>
    (await webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify'])) as unknown as CryptoKeyPair;
  const [root, server] = await Promise.all([pair(), pair()]);
  const dates = { notBefore: new Date(at - BEFORE_MS), notAfter: new Date(at + LIFETIME_MS) };
  const serial = () => `00${randomBytes(15).toString('hex')}`;
  // A unique name: with one name for all, a client that trusts two of them would try the wrong key.
  const name = `CN=sf-conformance mock CA ${randomBytes(4).toString('hex')}`;

  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates,
    serialNumber: serial(),
    name,
    keys: root,
    signingAlgorithm: KEYS,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(root.publicKey, false),
    ],
  });
  const serverCertificate = await x509.X509CertificateGenerator.create({
    ...dates,
    serialNumber: serial(),
    subject: 'CN=localhost',
    issuer: name,
    publicKey: server.publicKey,
    signingKey: root.privateKey,
    signingAlgorithm: KEYS,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(alternativeNames(host)),
      await x509.SubjectKeyIdentifierExtension.create(server.publicKey, false),
      await x509.AuthorityKeyIdentifierExtension.create(root.publicKey, false),
    ],
  });
  const key = Buffer.from(
    await webcrypto.subtle.exportKey('pkcs8', server.privateKey as unknown as webcrypto.CryptoKey),
  ).toString('base64');
  return {
    certificate: `${certificate.toString('pem')}\n`,
    serverCertificate: `${serverCertificate.toString('pem')}\n`,
    serverKey: `-----BEGIN PRIVATE KEY-----\n${(key.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`,
  };
}

function alternativeNames(host: string): { type: 'dns' | 'ip'; value: string }[] {
  const names: { type: 'dns' | 'ip'; value: string }[] = [
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
    { type: 'ip', value: '::1' },
  ];
  const address = /^[\d.]+$|:/.test(host);
  if (names.every(({ value }) => value !== host)) names.push({ type: address ? 'ip' : 'dns', value: host });
  return names;
}
