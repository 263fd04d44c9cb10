import { describe, expect, it } from 'vitest';

import type { OauthSettings, SettingsApp, SettingsFacts } from '../../src/history/settings.ts';
import caLegacy from './ca-legacy.check.ts';
import caNew from './ca-new.check.ts';
import cliConf from './cli-conf.check.ts';
import cliPub from './cli-pub.check.ts';
import cliWeak from './cli-weak.check.ts';
import date from './date-1.check.ts';
import ecaSrc2 from './eca-src-2.check.ts';
import ext from './ext-1.check.ts';
import { app, facts, is, oauth, place } from './fixtures/facts.ts';
import na from './na-1.check.ts';
import org from './org-1.check.ts';
import switches from './switches.check.ts';
import { worstOf, type SettingsCheck } from './rule.ts';
import scope from './scope-1.check.ts';
import sec from './sec-1.check.ts';

const regPkce = switches.find(({ id }) => id === 'SET-REG-1-PKCE')!;
const regRtr = switches.find(({ id }) => id === 'SET-REG-1-RTR')!;

const verdicts = ({ rule }: SettingsCheck, change: Partial<SettingsFacts>) =>
  rule.grade(facts(change)).map(({ verdict }) => verdict);
const withApp = (change: Partial<SettingsApp>) => ({ apps: [app(change)] });
const withOauth = (change: Partial<OauthSettings>) => withApp({ oauth: [oauth(change)] });
const ca = (change: Partial<SettingsApp> = {}) => app({ kind: 'connected-app', ...change });

describe('regression', () => {
  const before = (pkce: 'true' | 'false', name = 'Acme') => ({
    source: 'git 12345678',
    at: '2026-03-01T00:00:00Z',
    apps: [{ kind: 'external-client-app', name, isPkceRequired: pkce, isRefreshTokenRotationEnabled: 'true' }] as const,
  });

  it.each([
    ['true', 'true', ['pass']],
    ['true', 'false', ['fail']],
    ['true', 'absent', ['fail']],
    ['true', 'unreadable', ['inconclusive']],
    ['true', 'repeated', ['inconclusive']],
    ['false', 'false', []],
    ['false', 'true', []],
  ] as const)('%s then %s', (was, now, expected) => {
    expect(verdicts(regPkce, { ...withOauth({ isPkceRequired: is(now) }), baseline: before(was) })).toEqual(expected);
    expect(verdicts(regRtr, { ...withOauth({ isPkceRequired: is(now) }), baseline: before(was) })).toEqual(['pass']);
  });

  it('cannot be determined when the file that held the switch is not there, and asks about an app that is gone', () => {
    expect(verdicts(regPkce, { ...withApp({ oauth: [] }), baseline: before('true') })).toEqual(['inconclusive']);
    expect(verdicts(regPkce, { ...withApp({}), baseline: before('true', 'Other') })).toEqual(['review']);
    expect(verdicts(regPkce, {})).toEqual([]);
  });

  it('takes a Connected App that lost its oauthConfig for switched off, and matches names without regard to case', () => {
    const baseline = {
      ...before('true', 'ACME'),
      apps: [{ ...before('true', 'ACME').apps[0], kind: 'connected-app' as const }],
    };
    expect(verdicts(regPkce, { apps: [ca({ oauth: [] })], baseline })).toEqual(['fail']);
  });

  it('is not fooled by a second place that is still on', () => {
    const both = withApp({ oauth: [oauth(), oauth({ isPkceRequired: is('false') })] });
    expect(verdicts(regPkce, { ...both, baseline: before('true') })).toEqual(['fail']);
  });
});

describe("Connected Apps and Spring '26", () => {
  const [BEFORE, AFTER] = ['2025-06-01T10:00:00Z', '2026-03-01T10:00:00Z'];
  const baseline = (at: string | undefined, names: readonly string[]) => ({
    source: 'git 12345678',
    ...(at === undefined ? {} : { at }),
    apps: names.map(
      (name) =>
        ({ kind: 'connected-app', name, isPkceRequired: 'true', isRefreshTokenRotationEnabled: 'true' }) as const,
    ),
  });

  it.each<[string, Partial<SettingsFacts>, string[]]>([
    ['only External Client Apps', {}, ['pass']],
    ['nothing to compare with', { apps: [ca()] }, ['review']],
    ['in the repository before', { apps: [ca({ addedAt: '2025-06-01T10:00:00+02:00' })] }, ['pass']],
    ['in the repository after', { apps: [ca({ addedAt: '2026-03-01T10:00:00Z' })] }, ['warn']],
    ['after, with a few files', { apps: [ca({ addedAt: AFTER, addedWith: { root: false, files: 4 } })] }, ['warn']],
    [
      'after, with the root commit',
      { apps: [ca({ addedAt: AFTER, addedWith: { root: true, files: 1 } })] },
      ['review'],
    ],
    [
      'after, with a bulk commit',
      { apps: [ca({ addedAt: AFTER, addedWith: { root: false, files: 40 } })] },
      ['review'],
    ],
    [
      'after, with a bulk commit, and not in the baseline',
      {
        apps: [ca({ addedAt: AFTER, addedWith: { root: false, files: 40 } })],
        baseline: baseline('2025-12-01T00:00:00Z', []),
      },
      ['review'],
    ],
    [
      'before, with the root commit',
      { apps: [ca({ addedAt: BEFORE, addedWith: { root: true, files: 9 } })] },
      ['pass'],
    ],
    [
      'there in an old baseline, moved since',
      { apps: [ca({ addedAt: '2026-03-01T10:00:00Z' })], baseline: baseline('2025-12-01T00:00:00Z', ['Acme']) },
      ['pass'],
    ],
    ['new since the baseline', { apps: [ca()], baseline: baseline('2026-03-01', []) }, ['warn']],
    [
      "there in a baseline that is younger than Spring '26",
      { apps: [ca()], baseline: baseline('2026-03-01', ['acme']) },
      ['review'],
    ],
    ['there in a baseline without a day', { apps: [ca()], baseline: baseline(undefined, ['acme']) }, ['review']],
    ["new, before Spring '26", { today: '2026-01-10', apps: [ca()], baseline: baseline('2025-03-01', []) }, ['info']],
    ['no app', { apps: [] }, []],
  ])('%s', (_, change, expected) => {
    expect(verdicts(caNew, change)).toEqual(expected);
  });

  it('that exist are reported, and point to External Client Apps', () => {
    const [finding] = caLegacy.rule.grade(facts({ apps: [ca(), app()] }));
    expect(finding).toMatchObject({
      verdict: 'info',
      message: expect.stringContaining('External Client Apps') as string,
    });
    expect(caNew.rule.remedy).toContain('External Client App');
  });
});

describe('public and confidential', () => {
  it.each([
    ['false', 'pass'],
    ['true', 'warn'],
    ['absent', 'warn'],
  ] as const)('a public client whose refresh secret is %s', (state, verdict) => {
    const change = withOauth({ isConsumerSecretOptional: is('true'), isSecretRequiredForRefreshToken: is(state) });
    expect(verdicts(cliPub, change)).toEqual([verdict]);
    expect(verdicts(cliConf, change)).toEqual([]);
    expect(verdicts(cliWeak, change)).toEqual([]);
  });

  it('of an External Client App, whose default is not documented, nothing more is said than is known', () => {
    const change = { isConsumerSecretOptional: is('true'), isSecretRequiredForRefreshToken: is('absent') };
    expect(cliPub.rule.grade(facts(withOauth(change)))[0]?.message).toMatch(/may be true: a refresh may still need/);
    expect(cliPub.rule.grade(facts({ apps: [ca({ oauth: [oauth(change)] })] }))[0]?.message).toMatch(
      /would still need/,
    );
  });

  it('a confidential client is reported, and warned when a refresh needs no secret', () => {
    expect(verdicts(cliConf, withOauth({ isConsumerSecretOptional: is('absent') }))).toEqual(['info']);
    expect(verdicts(cliWeak, withOauth({ isSecretRequiredForRefreshToken: is('false') }))).toEqual(['warn']);
    expect(verdicts(cliWeak, {})).toEqual([]);
    expect(verdicts(cliPub, {})).toEqual([]);
  });
});

describe('the rest', () => {
  it('credentials: a secret in the file, a tracked global file, or neither', () => {
    expect(verdicts(sec, withOauth({ consumerSecret: place }))).toEqual(['warn']);
    expect(verdicts(sec, withOauth({ tracked: true }))).toEqual(['warn']);
    expect(verdicts(sec, withOauth({ tracked: false }))).toEqual(['pass']);
    expect(verdicts(sec, { apps: [ca({ oauth: [oauth({ tracked: true })] })] })).toEqual(['pass']);
  });

  it('files that fit together, and those that do not', () => {
    expect(verdicts(ecaSrc2, {})).toEqual(['pass']);
    expect(verdicts(ecaSrc2, withApp({ declared: false }))).toEqual(['warn']);
    expect(verdicts(ecaSrc2, withApp({ oauth: [oauth(), oauth()] }))).toEqual(['warn']);
    expect(verdicts(ecaSrc2, withApp({ oauthPluginOff: place }))).toEqual(['info']);
    expect(verdicts(ecaSrc2, { apps: [ca()] })).toEqual([]);
  });

  it('scopes without a refresh token, and a policy of zero', () => {
    expect(verdicts(scope, {})).toEqual([]);
    expect(verdicts(scope, withApp({ scopes: ['Full'] }))).toEqual(['info']);
    expect(verdicts(scope, withApp({ scopes: ['offlineaccess'] }))).toEqual([]);
    expect(verdicts(scope, withApp({ scopes: [] }))).toEqual([]);
    expect(verdicts(scope, { apps: [ca({ scopes: [] })] })).toEqual(['info']);
    expect(verdicts(scope, withApp({ refreshTokenZero: place }))).toEqual(['info']);
  });

  it('the date: days left, over and fine, over and not', () => {
    expect(date.rule.grade(facts({}))[0]).toMatchObject({
      verdict: 'info',
      message: expect.stringContaining('40 days') as string,
    });
    expect(verdicts(date, { today: '2026-05-11', ...withOauth({ isPkceRequired: is('false') }) })).toEqual(['info']);
    expect(verdicts(date, { today: '2026-05-12' })).toEqual(['info']);
    expect(verdicts(date, { today: '2026-05-12', ...withOauth({ isPkceRequired: is('false') }) })).toEqual(['warn']);
  });

  it('the date does not count settings that could not be determined', () => {
    const [absent] = date.rule.grade(facts(withOauth({ isRefreshTokenRotationEnabled: is('absent') })));
    expect(absent?.message).toContain('not on: 0; some settings could not be determined');
    expect(date.rule.grade(facts(withApp({ oauth: [] })))[0]?.message).toContain('could not be determined');
    expect(date.rule.grade(facts({}))[0]?.message).not.toContain('could not be determined');
  });

  it('only reports the org, of apps without OAuth, and, when asked, of what goes beyond the rule', () => {
    expect(verdicts(org, { org: [is('true')] })).toEqual(['info']);
    expect(verdicts(na, { apps: [ca({ oauth: [] })] })).toEqual(['info']);
    expect(verdicts(na, {})).toEqual([]);
    expect(verdicts(ext, {})).toEqual([]);
    const bare = app({ tokenIpRanges: false, oauth: [oauth({ isEnforceRefreshTokenTTL: is('absent') })] });
    expect(verdicts(ext, { extended: true, apps: [bare] })).toEqual(['info', 'info']);
    expect(
      verdicts(ext, {
        extended: true,
        apps: [app({ tokenIpRanges: true, oauth: [oauth({ isEnforceRefreshTokenTTL: is('true') })] })],
      }),
    ).toEqual([]);
  });

  it('the worst verdict hides nothing that cannot be determined', () => {
    expect(worstOf(['pass', 'inconclusive', 'warn'])).toBe('inconclusive');
    expect(worstOf(['inconclusive', 'fail'])).toBe('fail');
    expect(worstOf([])).toBeUndefined();
  });
});
