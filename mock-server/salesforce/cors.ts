/** Implements CORS (help xcloud.remoteaccess_oauth_endpoints_cors): by default pages of any origin may call everything, as if every origin
 * were on the org's allowlist. Salesforce allows less (switch `corsAsOnPlatform`). */
import type { HostName } from '../http/host.ts';
import type { Switches } from '../switches/switches.ts';

/** Paths that an org setting opens, on My Domain and sites only. */
const BY_SETTING = /^\/services\/oauth2\/(?:token|revoke|introspect|authorize|pkce\/generator)(?:\/|$)/;
/** Paths that no setting opens. */
const NEVER = /^\/services\/(?:oauth2\/(?:singleaccess|register)|auth\/idp)(?:\/|$)/;

/** Returns whether a page of another origin may read the answer of a path. */
export function isOpenToPages(
  path: string,
  { host, switches }: { readonly host: HostName; readonly switches: Pick<Switches, 'corsAsOnPlatform'> },
): boolean {
  if (!switches.corsAsOnPlatform) return true;
  const login = host === 'login' || host === 'test';
  return !NEVER.test(path) && !(login && BY_SETTING.test(path));
}
