import { expect, test } from 'vitest';
import { visit } from '../../test-kit/login.ts';
import { CALLBACK, pkce, stage } from '../fixtures/stage.ts';

async function page(fields: Record<string, string> = {}) {
  const set = await stage();
  const { verifier, challenge } = pkce();
  const query = { code_challenge: challenge, code_challenge_method: 'S256', state: 's', ...fields };
  const visited = await set.browse(set.authorizeUrl(query), null);
  return { ...set, verifier, page: visited.page!, at: visited.at!, jar: visited.jar };
}

test('a person sees a page that says what it is, signs in, and comes back with a code', async () => {
  const { page: shown, at, jar, mock, redeem, verifier } = await page();
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('This is a mock');
  expect(shown.text).not.toMatch(/(src|href)=/);
  const { url } = await visit(mock, at.href, { form: { user: 'U3', answer: 'allow' }, jar });
  expect(url!.href.startsWith(CALLBACK)).toBe(true);
  expect((await redeem({ code: url!.searchParams.get('code')!, verifier })).status).toBe(200);
  expect(mock.control.families()).toMatchObject([{ user: 'U3' }]);
});

test('Deny goes back with access_denied', async () => {
  const { at, jar, mock, of } = await page();
  const { url } = await visit(mock, at.href, { form: { user: 'U3', answer: 'deny' }, jar });
  expect(Object.fromEntries(url!.searchParams)).toEqual({
    error: 'access_denied',
    error_description: 'end-user denied authorization',
    state: 's',
  });
  expect(of('response').at(-1)).toMatchObject({ error: 'access_denied' });
});

test('login_hint is the suggestion, and nothing on the page is markup of the client', async () => {
  expect((await page({ login_hint: 'ann@example.com' })).page.text).toContain('value="ann@example.com"');
  const hostile = await page({ login_hint: '"><script>alert(1)</script>' });
  expect(hostile.page.text).not.toContain('<script>');
  expect(hostile.page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a bad user name is asked for again; an ended or foreign sign-in says so', async () => {
  const { at, jar, mock } = await page();
  const again = await visit(mock, at.href, { form: { user: '<b>', answer: 'allow' }, jar });
  expect(again.page).toMatchObject({ status: 200, text: expect.stringContaining('role="alert"') });
  const foreign = await visit(mock, at.href, { form: { user: 'U1', answer: 'allow' } });
  expect(foreign.page).toMatchObject({ status: 400, text: expect.stringContaining('has ended') });
  await visit(mock, at.href, { form: { user: 'U1', answer: 'allow' }, jar });
  expect((await visit(mock, at.href, { form: { user: 'U1', answer: 'allow' }, jar })).page!.status).toBe(400);
});

test('every user of the harness’s browser is signed in as whom it names, also out of one cookie jar', async () => {
  const { login, mock, call } = await stage();
  const ids = [];
  for (const user of ['U1', 'U2', 'U1']) ids.push((await login({}, user))['id']);
  expect(ids[0]).toBe(ids[2]);
  expect(ids[0]).not.toBe(ids[1]);
  expect(mock.control.families().map(({ user }) => user)).toEqual(['U1', 'U2', 'U1']);
  expect((await call(null)).status).toBe(401);
});

test('a wrong key is no key', async () => {
  const { authorizeUrl, mock } = await stage();
  const { challenge } = pkce();
  const opened = await fetch(authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' }), {
    redirect: 'manual',
  });
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const answer = await fetch(mock.loginUrl + opened.headers.get('location')!, {
    headers: { cookie, 'x-sf-conformance-browser': 'guess;user=U1' },
    redirect: 'manual',
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('Sign in');
  for (const one of opened.headers.getSetCookie()) expect(one).toMatch(/^sfmock_/);
});

test('two logins out of one browser do not disturb each other', async () => {
  const { authorizeUrl, browse, mock, redeem } = await stage();
  const [one, two] = [pkce(), pkce()];
  const url = (challenge: string, state: string) =>
    authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256', state });
  const first = await browse(url(one.challenge, 'one'), null);
  const second = await browse(url(two.challenge, 'two'), null);
  const jar = new Map([...first.jar, ...second.jar]);
  const form = { user: 'U1', answer: 'allow' };
  const { url: secondBack } = await visit(mock, second.at!.href, { form, jar });
  const { url: firstBack } = await visit(mock, first.at!.href, { form, jar });
  expect(firstBack!.searchParams.get('state')).toBe('one');
  expect((await redeem({ code: firstBack!.searchParams.get('code')!, verifier: one.verifier })).status).toBe(200);
  expect((await redeem({ code: secondBack!.searchParams.get('code')!, verifier: two.verifier })).status).toBe(200);
});

const wrong = (authorizeUrl: (fields: Record<string, string>) => string) => authorizeUrl({ client_id: 'stranger' });

test('an error that is not redirected is a page for people and the platform’s text for programs', async () => {
  const { authorizeUrl } = await stage();
  const shown = await fetch(wrong(authorizeUrl), { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect([shown.status, shown.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  const html = await shown.text();
  expect(html).toContain('This is a mock');
  expect(html).toContain('error=invalid_client_id&amp;error_description=client%20identifier%20invalid');
  for (const accept of ['*/*', 'application/json']) {
    const refusal = await fetch(wrong(authorizeUrl), { headers: { accept } });
    expect(await refusal.text()).toBe('error=invalid_client_id&error_description=client%20identifier%20invalid');
    expect(refusal.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  }
});

test('the file that a missing challenge downloads stays what it is, for browsers too', async () => {
  const { authorizeUrl } = await stage({ switches: { missingChallenge: 'text' } });
  const answer = await fetch(authorizeUrl({}), { headers: { accept: 'text/html' } });
  expect(answer.headers.get('content-type')).toBeNull();
  expect(await answer.text()).toMatch(/^error=invalid_request&/);
});

test('every answer says in a header that it is a mock', async () => {
  const { authorizeUrl, mock } = await stage();
  const urls = [
    '/services/data',
    '/nothing',
    '/services/oauth2/userinfo',
    '/.well-known/openid-configuration',
    '/login/x',
  ];
  for (const url of [wrong(authorizeUrl), ...urls.map((path) => mock.loginUrl + path)]) {
    const { headers } = await fetch(url, { redirect: 'manual' });
    expect(headers.get('x-sf-conformance-mock')).toBe('This is a mock for conformance tests, not Salesforce.');
  }
});
