/** What a person's browser is asked when it comes again. */
import { describe, expect, test } from 'vitest';
import { visit } from '../../test-kit/login.ts';
import { pkce, stage, type Setting } from '../fixtures/stage.ts';

/** A browser in which U3 has signed in once. */
async function browser(setting: Setting = {}, scope = 'api refresh_token') {
  const set = await stage(setting);
  const { mock } = set;
  const jar = new Map<string, string>();
  const { verifier, challenge } = pkce();
  const pkced = { code_challenge: challenge, code_challenge_method: 'S256', state: 's', scope };
  const go = async (fields: Record<string, string> = {}, origin = mock.loginUrl) => {
    const { url, page, at } = await visit(mock, set.authorizeUrl({ ...pkced, ...fields }, origin), { jar });
    return { at, text: page?.text ?? '', callback: url && Object.fromEntries(url.searchParams) };
  };
  const allow = async (at: URL | undefined, user = 'U3') => {
    const { url } = await visit(mock, at!.href, { form: { user, answer: 'allow' }, jar });
    return set.redeem({ code: url!.searchParams.get('code')!, verifier });
  };
  const first = await go();
  const { body } = await allow(first.at);
  return { ...set, jar, go, allow, tokens: body };
}

const title = (text: string) => /<h1>([^<]*)<\/h1>/.exec(text)?.[1];

test('who is signed in and approved the app goes on at once', async () => {
  const { go, mock } = await browser();
  expect((await go()).callback).toMatchObject({ code: expect.any(String), state: 's' });
  expect(mock.control.families()).toMatchObject([{ user: 'U3' }]);
});

test('immediate=true shows no page where none is needed, and says so where one is', async () => {
  const { go, refresh, tokens } = await browser();
  expect((await go({ immediate: 'true' })).callback).toHaveProperty('code');
  for (const fields of [{ prompt: 'login' }, { prompt: 'consent' }, { scope: 'api web' }])
    expect((await go({ immediate: 'true', ...fields })).callback).toMatchObject({ error: 'immediate_unsuccessful' });
  const next = await refresh(tokens['refresh_token']!);
  await refresh(tokens['refresh_token']!);
  expect(next.status).toBe(200);
  expect((await go({ immediate: 'true' })).callback).toMatchObject({ error: 'immediate_unsuccessful' });
});

describe('a page is shown', () => {
  test.each([
    ['login', 'Sign in', 'name="user" value="U3"'],
    ['login consent', 'Sign in', 'name="user"'],
    ['consent', 'Allow access?', 'You are signed in as <strong>U3</strong>'],
    ['select_account', 'Choose an account', '<option value="U3">'],
    ['select_account consent', 'Choose an account', 'list="accounts"'],
  ])('for prompt=%s', async (prompt, heading, content) => {
    const { go, allow } = await browser();
    const { text, at } = await go({ prompt });
    expect(title(text)).toBe(heading);
    expect(text).toContain(content);
    expect((await allow(at)).status).toBe(200);
  });

  test('for scopes that were not approved, and after the approval was revoked', async () => {
    const { go, mock, tokens } = await browser();
    expect(title((await go({ scope: 'api web' })).text)).toBe('Allow access?');
    await fetch(`${mock.loginUrl}/services/oauth2/revoke?token=${tokens['refresh_token']!}`);
    expect(title((await go()).text)).toBe('Allow access?');
  });

  test('after two hours, after signing out, and on another host', async () => {
    const { go, mock, jar, allow } = await browser({ hosts: ['test'] });
    expect(title((await go({}, mock.hosts.test)).text)).toBe('Sign in');
    await visit(mock, `${mock.loginUrl}/services/auth/idp/oidc/logout`, { jar });
    const { text, at } = await go();
    expect(title(text)).toBe('Sign in');
    await allow(at);
    expect((await go()).callback).toHaveProperty('code');
    mock.control.advance(7_200_000);
    expect(title((await go()).text)).toBe('Sign in');
  });

  test('where the cookie was changed', async () => {
    const { go, jar } = await browser();
    const name = [...jar.keys()].find((key) => key.startsWith('sfmock_person_login '))!;
    for (const value of [jar.get(name)!.replace('U3', 'U4'), '1.%', '']) {
      jar.set(name, value);
      expect(title((await go()).text)).toBe('Sign in');
    }
  });

  test('at every authorization, where the switch says so', async () => {
    const { go, jar } = await browser({ switches: { browserSessions: false } });
    expect([...jar.keys()].filter((key) => key.includes('person'))).toEqual([]);
    expect(title((await go()).text)).toBe('Sign in');
    expect((await go({ immediate: 'true' })).callback).toMatchObject({ error: 'immediate_unsuccessful' });
  });
});

test('sites have no immediate', async () => {
  const { go, mock, allow } = await browser({ hosts: ['experience'] });
  const site = mock.hosts.experience;
  await allow((await go({}, site)).at);
  expect((await go({}, site)).callback).toHaveProperty('code');
  expect((await go({ immediate: 'true' }, site)).callback).toMatchObject({ error: 'immediate_unsuccessful' });
});

test.each([
  ['page', 'page'],
  ['popup', 'popup'],
  ['touch', 'touch'],
  ['mobile', 'mobile'],
  ['"><script>', 'page'],
])('display=%s', async (display, shown) => {
  const { go } = await browser();
  expect((await go({ display, prompt: 'login' })).text).toContain(`data-display="${shown}"`);
});

test('what a client calls itself signed in by is not listened to', async () => {
  const { go } = await browser({ switches: { browserSessions: false } });
  expect(title((await go({ salesforce_question: 'nothing', salesforce_person: 'U1' })).text)).toBe('Sign in');
});
