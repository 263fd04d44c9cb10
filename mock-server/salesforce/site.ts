/** Returns the fields that hosts and flows of Salesforce add to token answers. */
import { randomBytes } from 'node:crypto';
import type { MockContext } from '../context.ts';
import { longId, recordId } from './ids.ts';

/** Returns the address and id of an Experience site; nothing on other hosts. */
export function siteFields({ host, issuer, org, switches, sitePath }: MockContext): Readonly<Record<string, string>> {
  if (host !== 'experience') return {};
  const id = longId(recordId('0DB', org.id));
  return { [`${switches.siteFields}_url`]: new URL(issuer).origin + sitePath, [`${switches.siteFields}_id`]: id };
}

/** Returns the fields of the hybrid flows: sessions for web views, which the Mobile SDKs store as cookies. */
export function hybridFields({ instanceUrl }: MockContext): Readonly<Record<string, string>> {
  const { hostname } = new URL(instanceUrl);
  const session = () => randomBytes(48).toString('base64url');
  return {
    lightning_domain: hostname,
    lightning_sid: session(),
    visualforce_domain: hostname,
    visualforce_sid: session(),
    content_domain: hostname,
    content_sid: session(),
    csrf_token: session(),
    parent_sid: session(),
    'cookie-clientSrc': '127.0.0.1',
    'cookie-sid_Client': session(),
    sidCookieName: 'sfmock_sid',
  };
}
