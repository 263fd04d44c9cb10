import type { IpAllowlist, SettingsApp } from '../../src/history/settings.ts';
import { admitsAll, countAddresses, parseAddress } from './addresses.ts';
import { rangeOf } from './allowlist-range.ts';
import { exemption } from './exempt-callbacks.ts';
import { NEWER, retrieveToo, usesOauth } from './newer-rule.ts';
import { AS_DEPLOYED, isPlaceholder } from './placeholder.ts';
import { appWords } from './rule-switch.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

/** Most ranges and addresses of one app (Salesforce Help, "Set an IP Allowlist for Refresh Tokens"). */
const MOST_RANGES = 128;
const MOST_ADDRESSES = 256n;

export default settingsCheck({
  id: 'SET-IP-1',
  level: 'MUST',
  title: 'The app lists the addresses that refresh tokens are used from',
  failure: 'The app has no IP allowlist for refresh tokens that Salesforce takes',
  why: 'With an allowlist a stolen refresh token is worth nothing elsewhere. The partner page of November 2026 asks for it in every app that is not exempt.',
  remedy:
    'List the addresses of your servers as tokenIpRanges (startIpAddress, endIpAddress) in the .ecaOauthSecurity file: at most 128 ranges and 256 addresses, IPv4 or IPv6.',
  references: [
    'Partner rule, Enforce Refresh Token IP Allowlist',
    'Salesforce Help, Set an IP Allowlist for Refresh Tokens',
    'Metadata API ExtlClntAppOauthSecuritySettings',
  ],
  requirements: ['SF-IP-ALLOWLIST'],
  rules: NEWER,
  notApplicable: 'No app in the metadata uses OAuth.',
  grade: ({ apps, strict }) =>
    apps
      .filter(usesOauth)
      .flatMap((app) =>
        graded(app, strict).map((one) => ({ app: app.name, place: app.ipAllowlist?.place ?? app.place, ...one })),
      ),
});

type Graded = Pick<SettingsFinding, 'verdict' | 'message'> & Partial<Pick<SettingsFinding, 'place' | 'remedy'>>;

function graded(app: SettingsApp, strict: boolean): readonly Graded[] {
  const name = appWords(app);
  const exempt = exemption(app);
  if (exempt === 'exempt') {
    const message = `${name}: all its callbacks are localhost, custom-scheme or Salesforce-org URLs, so it is exempt from the allowlist.`;
    return [{ verdict: 'info', message }];
  }
  if (app.kind === 'connected-app') {
    const message = `${name}: the metadata of a Connected App does not hold the allowlist.`;
    const remedy = 'Open the OAuth settings of the app in its org, and check there that the IP allowlist is enforced.';
    return [{ verdict: 'review', message, remedy }];
  }
  const { ipAllowlist } = app;
  if (ipAllowlist === undefined) {
    const message = `${name}: no .ecaOauthSecurity file names it, and only that file lists tokenIpRanges.`;
    return strict
      ? [{ verdict: 'fail', message }]
      : [{ verdict: 'inconclusive', message, remedy: retrieveToo('ExtlClntAppOauthSecuritySettings') }];
  }
  if (ipAllowlist.ranges.length > 0) return listed(name, ipAllowlist);
  const message = `${name}: its .ecaOauthSecurity file lists no tokenIpRanges.`;
  if (exempt === 'not-exempt') return [{ verdict: 'fail', message }];
  const filledIn = app.oauth.some(({ callbackUrls }) => callbackUrls.length > 0);
  return [
    {
      verdict: 'inconclusive',
      message: `${message} Its callbacks are not all known, so it may be exempt.`,
      remedy: filledIn ? AS_DEPLOYED : retrieveToo('ExtlClntAppGlobalOauthSettings'),
    },
  ];
}

function listed(name: string, { ranges, more = 0 }: IpAllowlist): readonly Graded[] {
  const read = ranges.map((range) => ({ ...range, range: rangeOf(range) }));
  const bad = read.flatMap(({ range, place, start, end }): readonly Graded[] => {
    if (range !== undefined) return [];
    if (start === '' || end === '') {
      const [written, missing] = start === '' ? [end, 'startIpAddress'] : [start, 'endIpAddress'];
      return [{ verdict: 'inconclusive', place, message: `${name}: the range of "${written}" has no ${missing}.` }];
    }
    const text = `${name}: "${start}" to "${end}"`;
    if ([start, end].some((one) => parseAddress(one) === undefined && isPlaceholder(one))) {
      return [{ verdict: 'inconclusive', place, message: `${text} is filled in elsewhere.`, remedy: AS_DEPLOYED }];
    }
    const message = `${text} is not a range from one address to a later one of the same family.`;
    return [{ verdict: 'fail', place, message }];
  });
  const known = read.flatMap(({ range }) => range ?? []);
  const count = ranges.length + more;
  const addresses = countAddresses(known);
  const limits: readonly (Graded | undefined)[] = [
    admitsAll(known)
      ? { verdict: 'fail', message: `${name}: its tokenIpRanges admit every address, which is no allowlist.` }
      : addresses > MOST_ADDRESSES
        ? {
            verdict: 'fail',
            message: `${name}: its tokenIpRanges hold ${String(addresses)} addresses; at most ${String(MOST_ADDRESSES)} are allowed.`,
          }
        : undefined,
    count > MOST_RANGES
      ? {
          verdict: 'fail',
          message: `${name}: it lists ${String(count)} tokenIpRanges; at most ${String(MOST_RANGES)} are allowed.`,
        }
      : undefined,
  ];
  const counted = known.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  const twice: Graded = {
    verdict: 'inconclusive',
    message: `${name}: its tokenIpRanges hold ${String(addresses)} addresses, ${String(counted)} when those in several ranges count each time. Which of them Salesforce counts is not documented; at most ${String(MOST_ADDRESSES)} are allowed.`,
    remedy: 'List each address in one range only, then grade again.',
  };
  const wrong = [...bad, ...limits.filter((one) => one !== undefined)];
  if (wrong.length > 0) return wrong;
  if (counted > MOST_ADDRESSES) return [twice];
  const message = `${name}: its allowlist has ${String(count)} ${count === 1 ? 'range' : 'ranges'} with ${String(addresses)} ${addresses === 1n ? 'address' : 'addresses'}.`;
  return [{ verdict: 'pass', message }];
}
