/** The app's list of addresses from which refresh tokens are taken (partner control of 2026; facts, section 5.8). */
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

/** Returns the denial of a refresh from this address; undefined: it is welcome. */
export function outsideAllowlist(address: string | undefined, { app, switches }: About): Denial | undefined {
  if (switches.ipAllowlist === '' || app.redirectUris.every(isExempt)) return undefined;
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  const family = isIP(plain);
  if (family !== 0 && listOf(switches.ipAllowlist).check(plain, family === 4 ? 'ipv4' : 'ipv6')) return undefined;
  return refusal(SITUATIONS[switches.ipAllowlistError]);
}

/** Apps that call back to this machine or by a scheme of their own need no list: their users are anywhere. */
function isExempt(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return !/^https?:$/.test(protocol) || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Words that are no address are no address of anybody. */
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
