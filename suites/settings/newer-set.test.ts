import { describe, expect, it } from 'vitest';
import type { IpAllowlist, RefreshTokenPolicy, SettingsApp } from '../../src/history/settings.ts';
import crossEgress from './cross-egress.check.ts';
import { app, client, facts, is, oauth, place } from './fixtures/facts.ts';
import ip from './ip-1.check.ts';
import type { SettingsCheck } from './rule.ts';
import limit from './ttl-1.check.ts';
import policy from './ttl-2.check.ts';

const found = ({ rule }: SettingsCheck, apps: readonly SettingsApp[], change: Parameters<typeof facts>[0] = {}) =>
  rule.grade(facts({ apps, ...change })).map(({ verdict, message }) => `${verdict}: ${message}`);
const without = ({ refreshTokenPolicy: _policy, ipAllowlist: _list, ...rest }: SettingsApp): SettingsApp => rest;

describe('SET-TTL-1', () => {
  const withState = (state: Parameters<typeof is>[0]) => [
    app({ oauth: [oauth({ isEnforceRefreshTokenTTL: is(state) })] }),
  ];

  it.each([
    ['true', 'pass'],
    ['false', 'fail'],
    ['absent', 'inconclusive'],
    ['unreadable', 'inconclusive'],
    ['repeated', 'inconclusive'],
  ] as const)('%s is %s', (state, verdict) => {
    expect(found(limit, withState(state))[0]).toMatch(new RegExp(`^${verdict}: External Client App "Acme"`));
  });

  it('a field that is left out fails when asked to be strict', () => {
    expect(found(limit, withState('absent'), { strict: true })[0]).toMatch(/^fail: /);
  });

  it('is open for an app whose OAuth settings are elsewhere, and says nothing of one without OAuth', () => {
    expect(found(limit, [app({ oauth: [] })])[0]).toMatch(/^inconclusive: .*not among the files/);
    expect(found(limit, [app({ oauth: [], oauthPluginOff: place })])).toEqual([]);
    expect(found(limit, [app({ kind: 'connected-app', oauth: [] })])).toEqual([]);
  });
});

describe('SET-TTL-2', () => {
  const withPolicy = (type: RefreshTokenPolicy['type'], days?: number, text = 'written') => [
    app({ refreshTokenPolicy: { type, text, place, ...(days === undefined ? {} : { days }) } }),
  ];

  it.each([
    ['infinite', undefined, 'fail'],
    ['zero', undefined, 'pass'],
    ['inactivity', 30, 'pass'],
    ['inactivity', 31, 'fail'],
    ['inactivity', undefined, 'inconclusive'],
    ['lifetime', 1 / 24, 'pass'],
    ['lifetime', 365, 'review'],
    ['unreadable', undefined, 'inconclusive'],
  ] as const)('%s of %s days is %s', (type, days, verdict) => {
    expect(found(policy, withPolicy(type, days))[0]).toMatch(new RegExp(`^${verdict}: .*"written"`));
  });

  it('is for a person to look up where no policy is among the files', () => {
    expect(found(policy, [without(app())])[0]).toMatch(/^review: .*\.ecaOauthPlcy/);
    expect(found(policy, [without(app({ kind: 'connected-app' }))])[0]).toMatch(/^review: .*refreshTokenPolicy/);
  });

  it('says nothing while the limit is off', () => {
    const off = app({ oauth: [oauth({ isEnforceRefreshTokenTTL: is('false') })] });
    expect(found(policy, [off])).toEqual([]);
  });
});

describe('SET-IP-1', () => {
  const listing = (...ranges: readonly (readonly [string, string])[]): IpAllowlist => ({
    place,
    ranges: ranges.map(([start, end]) => ({ start, end, place })),
  });
  const withList = (ipAllowlist: IpAllowlist) => [app({ ipAllowlist })];
  const many = (count: number): IpAllowlist =>
    listing(
      ...Array.from({ length: count }, (_, index) => [`10.0.${String(index)}.1`, `10.0.${String(index)}.1`] as const),
    );

  it.each([
    ['one address', listing(['203.0.113.7', '203.0.113.7']), 'pass: .* 1 range with 1 address\\.'],
    ['256 addresses', listing(['10.0.0.0', '10.0.0.255']), 'pass: .* 1 range with 256 addresses'],
    ['IPv6', listing(['2001:db8::', '2001:db8::f']), 'pass: .* 16 addresses'],
    ['128 ranges', many(128), 'pass: .* 128 ranges'],
    ['257 addresses', listing(['10.0.0.0', '10.0.1.0']), 'fail: .* 257 addresses; at most 256'],
    ['129 ranges', many(129), 'fail: .* 129 tokenIpRanges; at most 128'],
    ['every address', listing(['0.0.0.0', '255.255.255.255']), 'fail: .* admit every address'],
    [
      'every address in two halves',
      listing(['0.0.0.0', '127.255.255.255'], ['128.0.0.0', '255.255.255.255']),
      'fail: .* admit every',
    ],
    ['every IPv6 address', listing(['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']), 'fail: .* admit every address'],
    ['an end before its start', listing(['10.0.0.9', '10.0.0.1']), 'fail: .* is not a range'],
    ['two families', listing(['10.0.0.1', '::1']), 'fail: .* is not a range'],
    ['no address', listing(['10.0.0.300', '10.0.0.301']), 'fail: .* is not a range'],
    ['a prefix', listing(['203.0.113.0/28', '203.0.113.0/28']), 'fail: .* is not a range'],
    ['one end only', listing(['203.0.113.7', '']), 'inconclusive: .* has no endIpAddress'],
    ['no start', listing(['', '203.0.113.7']), 'inconclusive: .* has no startIpAddress'],
    ['unspecified addresses of both families', listing(['::', '0.0.0.0']), 'fail: .* is not a range'],
    ['a range twice', listing(['10.0.0.0', '10.0.0.127'], ['10.0.0.0', '10.0.0.127']), 'pass: .* 128 addresses'],
    [
      'too many only when those in two ranges count twice',
      listing(['10.0.0.0', '10.0.0.199'], ['10.0.0.100', '10.0.0.255']),
      'inconclusive: .* 256 addresses, 356 when',
    ],
    ['a placeholder', listing(['${FIRST_IP}', '${LAST_IP}']), 'inconclusive: .* is filled in elsewhere'],
    ['no range', listing(), 'fail: .* lists no tokenIpRanges'],
  ])('%s', (_, list, expected) => {
    expect(found(ip, withList(list))[0]).toMatch(new RegExp(`^${expected}`));
  });

  it('leaves the app open without its file, and fails it when asked to be strict', () => {
    expect(found(ip, [without(app())])[0]).toMatch(/^inconclusive: .*\.ecaOauthSecurity/);
    expect(found(ip, [without(app())], { strict: true })[0]).toMatch(/^fail: /);
  });

  it('of a Connected App is for a person to look up: its metadata does not hold it', () => {
    expect(found(ip, [without(app({ kind: 'connected-app' }))])[0]).toMatch(/^review: Connected App/);
  });

  const withCallbacks = (...callbackUrls: readonly string[]) => [without(app({ oauth: [oauth({ callbackUrls })] }))];
  it.each([
    ['localhost', ['http://localhost:1717/callback', 'http://127.0.0.1/cb', 'http://[::1]:8080/cb']],
    ['custom schemes', ['acme://callback', 'com.acme.sync:/oauth']],
    ['localhost without a scheme', ['localhost:8080', 'localhost:1717/OauthRedirect']],
    ['sites of the org', ['https://acme.my.salesforce-sites.com/cb', 'https://acme.my.site.com/cb']],
    ['pages of the org', ['https://acme.my.salesforce.com/x', 'https://acme.lightning.force.com/x']],
  ])('%s exempt an app', (_, urls) => {
    expect(found(ip, withCallbacks(...urls))[0]).toMatch(/^info: .*exempt/);
  });

  it('one other callback does not, and names that only look like the org do not', () => {
    for (const url of [
      'https://app.example.com/cb',
      'https://evilsalesforce.com/cb',
      'https://localhost.example.com/cb',
      'app.example.com:8443/cb',
      'app.example.com/cb',
    ])
      expect(found(ip, withCallbacks('acme://callback', url))[0]).toMatch(/^inconclusive: /);
  });

  it('a callback that is filled in at deployment leaves it open whether an empty list is wrong', () => {
    const open = app({ ipAllowlist: listing(), oauth: [oauth({ callbackUrls: ['${APP_URL}/cb'] })] });
    expect(found(ip, [open])[0]).toMatch(/^inconclusive: .*may be exempt/);
  });
});

describe('SET-CROSS-EGRESS', () => {
  const egress = (...addresses: readonly string[]) => ({ client: client({ egress: addresses }) });

  it('compares each declared address with the allowlist', () => {
    const [inside, outside, wide] = found(
      crossEgress,
      [app()],
      egress('203.0.113.8', '203.0.113.10', '203.0.113.0/28'),
    );
    expect(inside).toMatch(/^pass: /);
    expect(outside).toMatch(/^warn: .*203\.0\.113\.10.*does not admit it/);
    expect(wide).toMatch(/^warn: /);
  });

  it('says nothing without app.egress or without an allowlist', () => {
    expect(found(crossEgress, [app()], { client: client() })).toEqual([]);
    expect(found(crossEgress, [without(app())], egress('203.0.113.8'))).toEqual([]);
  });
});
