/** Determines the hosts that a session with a real org may contact: only those named on the command line. */
import { isIPv4 } from 'node:net';
import { HarnessError } from '../errors.ts';

/** The hosts of one org. */
export interface Target {
  /** Origin of the login host, for authorization and token requests. No slash at the end. */
  readonly login: string;
  /** Path of an Experience site below the login host: `/partners`; empty at the root. */
  readonly sitePath: string;
  /** Every host name that may be contacted; the login host's is first. */
  readonly hostnames: readonly string[];
}

const EXAMPLE = 'Name the login host of the org, such as --upstream https://test.salesforce.com or your My Domain.';

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));

/** Reads the value of `--upstream`: the login host, and after commas further hosts of the same org, such as its instance.
 * @throws HarnessError `upstream-url` for anything but an https URL (http: this machine only) */
export function readTarget(named: readonly string[]): Target {
  const urls = named.map(readUrl);
  const [login] = urls;
  if (login === undefined) throw new HarnessError('upstream-url', '--upstream names no host.', EXAMPLE);
  return {
    login: login.origin,
    sitePath: login.pathname.replace(/\/+$/, ''),
    hostnames: [...new Set(urls.map(({ hostname }) => hostname))],
  };
}

function readUrl(text: string): URL {
  const shown = text.slice(0, 120);
  if (!URL.canParse(text)) throw new HarnessError('upstream-url', `--upstream: "${shown}" is not a URL.`, EXAMPLE);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new HarnessError('upstream-url', '--upstream: the URL has a user, a query or a fragment.', EXAMPLE);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new HarnessError(
      'upstream-url',
      `--upstream: "${shown}" is not https.`,
      `${EXAMPLE} http:// is accepted for a server on this machine only.`,
    );
  }
  return url;
}

/** Returns the named hosts at which real users of a production org sign in: login.salesforce.com, and every My Domain, Experience site and
 * instance except those of sandboxes and scratch orgs. */
export const productionHosts = ({ hostnames }: Target): readonly string[] => hostnames.filter(isProduction);

function isProduction(hostname: string): boolean {
  if (hostname === 'test.salesforce.com') return false;
  if (!/(?:^|\.)(?:salesforce|force|site|salesforce-sites)\.com$/.test(hostname)) return false;
  return !/\.(?:sandbox|scratch)\./.test(hostname);
}
