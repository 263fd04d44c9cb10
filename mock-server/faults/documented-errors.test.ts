import { expect, test } from 'vitest';
import { DOCUMENTED } from '../salesforce/documented.ts';
import { CALLBACK, CLIENT_ID, pkce, stage } from '../fixtures/stage.ts';

const at = (delivered: string) =>
  DOCUMENTED.filter((one) => one.delivered === delivered).map((one) => [one.id, one] as const);

test.each(at('token'))(
  '%s is the body of a refresh, in the format that was asked for, and commits nothing',
  async (fault, row) => {
    const { mock, login, refresh, of } = await stage();
    const { refresh_token: token } = await login();
    mock.control.inject({ fault, times: 2 });
    expect(await refresh(token)).toMatchObject({
      status: 400,
      body: { error: row.error, error_description: row.description },
    });
    expect((await refresh(token, { format: 'xml' })).text).toContain(`<error>${row.error}</error>`);
    expect(of('response').at(-1)).toMatchObject({ fault, error: row.error });
    expect((await refresh(token)).status).toBe(200);
  },
);

test('a code exchange is refused in the same words when that fault is set', async () => {
  const { mock, authorize, redeem } = await stage();
  const code = await authorize();
  mock.control.inject({ fault: 'user-inactive', on: 'code' });
  expect((await redeem(code)).body['error_description']).toBe('inactive user');
  expect((await redeem(code)).status).toBe(200);
});

test.each(at('callback'))(
  '%s goes to the callback after sign-in, with the state and without a code',
  async (fault, row) => {
    const { mock, authorize, of } = await stage();
    mock.control.inject({ fault });
    const { callback } = await authorize();
    expect(callback!.href.startsWith(CALLBACK)).toBe(true);
    expect(Object.fromEntries(callback!.searchParams)).toEqual({
      ...{ error: row.error, error_description: row.description, state: 'state-1' },
    });
    const answered = of('response').at(-1)!;
    expect(answered).toMatchObject({ fault, error: row.error });
    expect(answered.issued).toBeUndefined();
    expect((await authorize()).code).toMatch(/^aPrx/);
  },
);

test('the user-agent flow hears of it in the fragment', async () => {
  const { mock, browse, authorizeUrl } = await stage({ mode: 'salesforce' });
  mock.control.inject({ fault: 'app-blocked' });
  const { url } = await browse(authorizeUrl({ response_type: 'token', state: 's' }));
  expect(url!.search).toBe('');
  expect(Object.fromEntries(new URLSearchParams(url!.hash.slice(1)))).toMatchObject({
    error: 'OAUTH_APP_BLOCKED',
    state: 's',
  });
});

test.each(at('page'))('%s is shown, and the user is not redirected', async (fault, row) => {
  const { mock, browse, authorizeUrl } = await stage();
  mock.control.inject({ fault });
  const { challenge } = pkce();
  const query = { code_challenge: challenge, code_challenge_method: 'S256', client_id: CLIENT_ID };
  const { page } = await browse(authorizeUrl(query), null);
  expect(page!.status).toBe(400);
  expect(Object.fromEntries(new URLSearchParams(page!.text))).toEqual({
    error: row.error,
    error_description: row.description,
  });
});
