/** Applies the app's list of addresses from which refresh tokens are accepted (partner control of 2026). */
import { BlockList, isIP } from 'node:net';
import { refusal, type Denial } from '../salesforce/denial.ts';
import type { MockApp } from '../mock.ts';
import type { Switches } from '../switches/switches.ts';

interface About {
  readonly app: Pick<MockApp, 'redirectUris'>;
  readonly switches: Pick<Switches, 'ipAllowlist' | 'ipAllowlistError'>;
}

const SITUATIONS = {
  'ip-restricted': 'ip-restricted',
  'dead-token': 'dead-token',
  'invalid-app-access': 'app-access',
} as const;

/** Returns the denial of a refresh from this address; undefined when it is allowed. */
export function outsideAllowlist(address: string | undefined, { app, switches }: About): Denial | undefined {
  if (switches.ipAllowlist === '' || app.redirectUris.every(isExempt)) return undefined;
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  const family = isIP(plain);
  if (family !== 0 && listOf(switches.ipAllowlist).check(plain, family === 4 ? 'ipv4' : 'ipv6')) return undefined;
  return refusal(SITUATIONS[switches.ipAllowlistError]);
}

/** Returns whether a redirect URI is exempt: apps that call back to this machine or by a private-use scheme need no list, because their
 * users may be anywhere. */
function isExempt(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return !/^https?:$/.test(protocol) || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Reads a list of addresses; entries that are not addresses match none. */
function listOf(text: string): BlockList {
  const list = new BlockList();
  for (const word of text.split(/[ ,]+/)) {
    const [address = '', bits] = word.split('/');
    const family = isIP(address);
    if (family === 0) continue;
    const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= (family === 4 ? 32 : 128))
      list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
