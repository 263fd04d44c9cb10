/** The key that signs id_tokens, one for all instances of a service: made by the first, kept sealed. */
import type { JWK } from 'oidc-provider';
import { signingKey } from '../salesforce/signing-key.ts';
import type { RedisLink } from '../store/redis-link.ts';
import { createSealer } from '../store/sealer.ts';

/** @throws Error when another key sealed it: then this instance does not belong to the service */
export async function sharedSigningKey(link: RedisLink, service: string, key: Buffer): Promise<JWK> {
  const sealer = createSealer(key);
  const place = `{sfc:${service}}:signing-key`;
  const own = sealer.seal(JSON.stringify(await signingKey()), place);
  await link.send('SET', place, own, 'NX');
  return JSON.parse(sealer.open(String(await link.send('GET', place)), place)) as JWK;
}
