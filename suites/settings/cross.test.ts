import { describe, expect, it } from 'vitest';

import type { OauthSettings, SettingsApp, SettingsClient } from '../../src/history/settings.ts';
import { hasPlaceholder, sameCallback } from './callback.ts';
import crossApp from './cross-app.check.ts';
import crossCallback from './cross-callback.check.ts';
import crossRefresh from './cross-refresh.check.ts';
import crossScope from './cross-scope.check.ts';
import crossType from './cross-type.check.ts';
import { app, client, facts, is, oauth } from './fixtures/facts.ts';
import type { SettingsCheck } from './rule.ts';

const grade = (check: SettingsCheck, apps: readonly SettingsApp[], own: SettingsClient = client()) =>
  check.rule.grade(facts({ apps, client: own }));
const verdicts = (...given: Parameters<typeof grade>) => grade(...given).map(({ verdict }) => verdict);
const withOauth = (change: Partial<OauthSettings>) => [app({ oauth: [oauth(change)] })];

describe('the app of the client', () => {
  const other = app({ name: 'Other' });
  const own = app({ oauth: [oauth({ consumerKey: 'client' })] });

  it('is found by client id, by kind, or because there is no other', () => {
    expect(grade(crossApp, [other, own])[0]).toMatchObject({ verdict: 'pass', app: 'Acme' });
    expect(grade(crossApp, [app({ name: 'Old', kind: 'connected-app' }), own])[0]).toMatchObject({
      verdict: 'pass',
      app: 'Acme',
    });
    expect(verdicts(crossApp, [app()])).toEqual(['pass']);
  });

  it('that has another consumer key than the client is a question', () => {
    expect(verdicts(crossApp, withOauth({ consumerKey: 'present' }))).toEqual(['review']);
    expect(
      verdicts(crossApp, [app({ oauth: [oauth({ consumerKey: 'present' }), oauth({ consumerKey: 'client' })] })]),
    ).toEqual(['pass']);
  });

  it('of another kind is a contradiction that is named', () => {
    const [finding] = grade(crossApp, [app({ kind: 'connected-app' })]);
    expect(finding).toMatchObject({
      verdict: 'warn',
      message: expect.stringMatching(/an External Client App.*Connected App "Acme"/) as string,
    });
  });

  it('that cannot be determined apart is a question, and nothing else is compared', () => {
    expect(verdicts(crossApp, [other, app()])).toEqual(['review']);
    expect(verdicts(crossType, [other, app()], client({ client: 'public' }))).toEqual([]);
  });

  it('is not looked for without a configuration', () => {
    for (const check of [crossApp, crossType, crossRefresh, crossCallback, crossScope]) {
      expect(check.rule.grade(facts())).toEqual([]);
    }
    expect(verdicts(crossApp, [app({ oauth: [] })])).toEqual(['info']);
  });
});

describe('contradictions', () => {
  it.each([
    ['confidential', 'false', 'pass'],
    ['confidential', 'absent', 'pass'],
    ['confidential', 'true', 'warn'],
    ['public', 'true', 'pass'],
    ['public', 'false', 'warn'],
    ['public', 'absent', 'warn'],
  ] as const)('a %s client and isConsumerSecretOptional %s', (kind, state, verdict) => {
    expect(verdicts(crossType, withOauth({ isConsumerSecretOptional: is(state) }), client({ client: kind }))).toEqual([
      verdict,
    ]);
  });

  it.each([
    ['confidential', 'true', ['pass']],
    ['confidential', 'false', ['warn']],
    ['public', 'true', ['warn']],
    ['public', 'false', ['pass']],
    ['public', 'absent', []],
  ] as const)('a %s client and isSecretRequiredForRefreshToken %s', (kind, state, expected) => {
    expect(
      verdicts(crossRefresh, withOauth({ isSecretRequiredForRefreshToken: is(state) }), client({ client: kind })),
    ).toEqual(expected);
  });

  it('an absent refresh switch of a Connected App means that the secret is needed', () => {
    const own = [app({ kind: 'connected-app', oauth: [oauth({ isSecretRequiredForRefreshToken: is('absent') })] })];
    expect(verdicts(crossRefresh, own, client({ client: 'public' }))).toEqual(['warn']);
  });

  it('redirect URIs that the app does not list', () => {
    expect(verdicts(crossCallback, [app()])).toEqual(['pass']);
    expect(verdicts(crossCallback, [app()], client({ redirectUris: ['https://app.example.com/callback/'] }))).toEqual([
      'warn',
    ]);
    expect(verdicts(crossCallback, withOauth({ callbackUrls: ['${URL}/callback'] }))).toEqual(['info']);
    expect(verdicts(crossCallback, withOauth({ callbackUrls: [] }))).toEqual(['warn']);
  });

  it('scopes that the app does not have', () => {
    expect(verdicts(crossScope, [app()])).toEqual(['pass', 'pass']);
    expect(verdicts(crossScope, [app({ scopes: ['Full'] })])).toEqual(['pass', 'warn']);
    expect(verdicts(crossScope, [app()], client({ scopes: ['web', 'something_new', 'toString'] }))).toEqual([
      'warn',
      'info',
      'info',
    ]);
    expect(verdicts(crossScope, [app({ scopes: [] })])).toEqual([]);
  });
});

it.each([
  ['https://${HOST}/callback', true],
  ['https://@HOST@/callback', true],
  ['https://app.@DOMAIN@/callback', true],
  ['__CALLBACK_URL__', true],
  ['https://%HOST%/callback', true],
  ['{SF_CALLBACK}', true],
  ['https://[::1]:3000/callback', false],
  ['https://your-domain.example.com/callback?next=%2Fhome', false],
  ['myapp://cb', false],
])('%s is filled in at deployment: %s', (url, expected) => {
  expect(hasPlaceholder(url)).toBe(expected);
});

describe('sameCallback', () => {
  it.each([
    ['http://127.0.0.1:0/cb', 'http://127.0.0.1:1717/cb', true],
    ['http://127.0.0.1:0/cb', 'http://127.0.0.1/cb', true],
    ['http://localhost:0/cb', 'http://localhost:1/cb', true],
    ['http://127.0.0.1:0/cb', 'http://localhost:1/cb', false],
    ['http://127.0.0.1:0/cb', 'http://127.0.0.1:1/other', false],
    ['http://127.0.0.1:8000/cb', 'http://127.0.0.1:1/cb', false],
    ['https://example.com:0/cb', 'https://example.com/cb', false],
    ['myapp://cb', 'myapp://cb', true],
    ['myapp://cb', 'no url', false],
  ])('%s and %s: %s', (left, right, same) => {
    expect(sameCallback(left, right)).toBe(same);
  });
});
