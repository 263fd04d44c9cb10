/** Reads the keys named by `--trust` and `--key`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { publicKeysIn } from '../../reports/integrity/public-key.ts';
import { HarnessError } from '../errors.ts';

/** Most bytes of a list of keys. */
const MOST_BYTES = 1 << 20;
const DEADLINE_MS = 10_000;

/** Returns the public keys (SubjectPublicKeyInfo, DER, base64) for each of `named`: a key, the URL of one, or a file.
 * @throws HarnessError `trust-unreadable` (exit 2) for anything but an Ed25519 key */
export async function trustedKeys(named: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = await Promise.all(named.map(async (one) => publicKeysIn(await textOf(one, cwd))));
  const wrong = named.find((_, index) => found[index]?.length === 0);
  if (wrong !== undefined) throw unreadable(wrong, 'it is not an Ed25519 public key');
  return [...new Set(found.flat())];
}

async function textOf(named: string, cwd: string): Promise<string> {
  if (isService(named)) return fetched(new URL(KEYS, named));
  if (/^https?:/u.test(named)) return fetched(new URL(named));
  // A file takes precedence over a key: a base64 key is unlikely to be the name of an existing file.
  return readFile(resolve(cwd, named), 'utf8').catch(() => named);
}

/** Path under which a service publishes its keys. */
const KEYS = '/.well-known/sf-conformance-keys';

/** Returns whether a name is the origin of a service, without a path. */
export const isService = (named: string): boolean => /^https?:\/\/[^/]+\/?$/u.test(named);

/** Resolves with the text at an https URL. @throws HarnessError `trust-unreadable` */
export async function fetched(url: URL): Promise<string> {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !loopback) throw unreadable(url.href, 'only https is trusted');
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
    if (!response.ok) throw new Error(`it answered with status ${String(response.status)}`);
    return (await response.text()).slice(0, MOST_BYTES);
  } catch (cause) {
    throw unreadable(url.href, cause instanceof Error ? cause.message : 'it cannot be fetched', cause);
  }
}

function unreadable(named: string, why: string, cause?: unknown): HarnessError {
  return new HarnessError(
    'trust-unreadable',
    `The key "${named.slice(0, 200)}" cannot be used: ${why}.`,
    'Name a public key as reports print it (base64), a PEM or JWK file, an https URL of one, or the origin of a service.',
    { cause },
  );
}
