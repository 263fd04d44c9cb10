/** Determines which apps are exempt from the IP allowlist: those whose callbacks are all localhost, custom schemes or pages of the org.
 * Pure. */
import type { SettingsApp } from '../../src/history/settings.ts';
import { hasPlaceholder } from './callback.ts';

/** Domains of Salesforce orgs (docs of the partner page, "Enforce Refresh Token IP Allowlist": callbacks of a Salesforce org are exempt). */
const ORG_DOMAINS = ['.salesforce.com', '.force.com', '.my.site.com', '.my.salesforce-sites.com', '.sfcrmproducts.cn'];

/** Returns whether callbacks are exempt. `exempt`: every callback is. `unknown`: no callback is known, or one is filled in at deployment
 * and all others are exempt. */
export function exemption({ oauth }: Pick<SettingsApp, 'oauth'>): 'exempt' | 'not-exempt' | 'unknown' {
  const urls = oauth.flatMap(({ callbackUrls }) => callbackUrls);
  const known = urls.filter((url) => !hasPlaceholder(url));
  if (known.some((url) => !isExempt(url))) return 'not-exempt';
  return urls.length > 0 && known.length === urls.length ? 'exempt' : 'unknown';
}

function isExempt(url: string): boolean {
  // Without a scheme `app.example.com:443/cb` reads as a URL with the scheme `app.example.com`.
  const whole = /^[^/:]+:\d+(?:\/|$)/.test(url) ? `https://${url}` : url;
  if (!URL.canParse(whole)) return false;
  const { protocol, hostname } = new URL(whole);
  if (protocol !== 'http:' && protocol !== 'https:') return true;
  if (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return true;
  return ORG_DOMAINS.some((domain) => hostname.endsWith(domain));
}
