/** Loads the key that signs reports: one per installation, in the user's configuration folder, or one that was passed in. */
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { HarnessError } from '../../src/errors.ts';
import { makeFolder } from '../../src/history/make-folder.ts';
import { publicKeyOf } from './signature.ts';

/** The key that signs a report, and where it comes from. */
export interface SigningKey {
  readonly key: KeyObject;
  /** `given` by SF_CONFORMANCE_SIGNING_KEY, kept for this `installation`, or `passing`: made for this run because the user's folder is not
   * writable. A signature with a passing key still reveals every change, but not who signed. */
  readonly origin: 'given' | 'installation' | 'passing';
  /** Path of the key file. */
  readonly path?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the path of the signing key: `$XDG_CONFIG_HOME/sf-conformance/signing-key.pem`; a relative XDG_CONFIG_HOME counts as unset (XDG Base Directory). */
export function signingKeyPath(env: Environment): string {
  const base = env['XDG_CONFIG_HOME'];
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.config'), 'sf-conformance', 'signing-key.pem');
}

/** Loads the signing key of this installation. Creates it at the first call, atomically even when several processes call at once.
 * @throws HarnessError `signing-key-unreadable` when SF_CONFORMANCE_SIGNING_KEY or the existing file is not an Ed25519 private key. */
export async function loadSigningKey(env: Environment = process.env): Promise<SigningKey> {
  const given = env['SF_CONFORMANCE_SIGNING_KEY'];
  if (given !== undefined && given !== '') return { key: await readKey(given), origin: 'given', path: given };
  const path = signingKeyPath(env);
  try {
    await makeOnce(path);
  } catch {
    return { key: generateKeyPairSync('ed25519').privateKey, origin: 'passing' };
  }
  return { key: await readKey(path), origin: 'installation', path };
}

/** Returns the existing public keys of this installation (SubjectPublicKeyInfo, DER, base64); creates none. */
export async function loadKnownKeys(
  env: Environment = process.env,
): Promise<{ readonly given: string | undefined; readonly installation: string | undefined }> {
  const publicKey = (path: string): Promise<string | undefined> => readKey(path).then(publicKeyOf, () => undefined);
  const given = env['SF_CONFORMANCE_SIGNING_KEY'] ?? '';
  return {
    given: given === '' ? undefined : await publicKey(given),
    installation: await publicKey(signingKeyPath(env)),
  };
}

/** Writes the file under another name, then links it, so that a second process finds the key of the first. */
async function makeOnce(path: string): Promise<void> {
  await makeFolder(dirname(path), 0o700);
  if ((await present(path)) !== undefined) return;
  const draft = `${path}.${randomUUID()}`;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeFile(draft, pem, { mode: 0o600, flag: 'wx' });
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function present(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readKey(path: string): Promise<KeyObject> {
  try {
    const key = createPrivateKey(await readFile(path, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The cause may quote the file, so it is not passed on.
  }
  throw new HarnessError(
    'signing-key-unreadable',
    `${path} is no Ed25519 private key that can be read.`,
    'Name another with SF_CONFORMANCE_SIGNING_KEY, or make one: openssl genpkey -algorithm ed25519 -out key.pem',
  );
}
