import type { IpAllowlist, SettingsApp } from '../../src/history/settings.ts';
import { admitsAll, countAddresses } from './addresses.ts';
import { rangeOf } from './allowlist-range.ts';
import { exemption } from './exempt-callbacks.ts';
import { NEWER, usesOauth } from './newer-rule.ts';
import { isPlaceholder } from './placeholder.ts';
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
    const message = `${name}: the metadata of a Connected App does not hold the allowlist. Look in the app's OAuth settings whether it is enabled.`;
    return [{ verdict: 'review', message }];
  }
  const { ipAllowlist } = app;
  if (ipAllowlist === undefined) {
    const message = `${name}: no .ecaOauthSecurity file names it, and only that file lists tokenIpRanges.`;
    const remedy =
      'Retrieve ExtlClntAppOauthSecuritySettings of the app into a temporary folder, and name that folder too.';
    return [{ verdict: strict ? 'fail' : 'inconclusive', message, remedy }];
  }
  if (ipAllowlist.ranges.length === 0) {
    const unsure = exempt === 'unknown' ? ' Its callbacks are not known, so it may be exempt.' : '';
    const message = `${name}: its .ecaOauthSecurity file lists no tokenIpRanges.${unsure}`;
    return [{ verdict: exempt === 'unknown' ? 'inconclusive' : 'fail', message }];
  }
  return listed(name, ipAllowlist);
}

function listed(name: string, { ranges, more = 0 }: IpAllowlist): readonly Graded[] {
  const read = ranges.map((range) => ({ ...range, range: rangeOf(range) }));
  const bad = read.flatMap(({ range, place, start, end }): readonly Graded[] => {
    if (range !== undefined) return [];
    const open = isPlaceholder(start) || isPlaceholder(end);
    const why = open ? 'is filled in elsewhere' : 'is not a range from one address to a later one of the same family';
    return [{ verdict: open ? 'inconclusive' : 'fail', place, message: `${name}: "${start}" to "${end}" ${why}.` }];
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
  const wrong = [...bad, ...limits.filter((one) => one !== undefined)];
  if (wrong.length > 0) return wrong;
  const message = `${name}: its allowlist has ${String(count)} ${count === 1 ? 'range' : 'ranges'} with ${String(addresses)} ${addresses === 1n ? 'address' : 'addresses'}.`;
  return [{ verdict: 'pass', message }];
}
