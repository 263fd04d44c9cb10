import { Auth, type AuthConfig } from '@auth/core';
import Salesforce from '@auth/core/providers/salesforce';
import { expect, test } from 'vitest';
import { CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

const ORIGIN = 'http://127.0.0.1:53123';

/** An application's browser: it keeps cookies and follows nothing. */
function createBrowser(config: AuthConfig) {
  const jar = new Map<string, string>();
  return async (path: string, form?: Readonly<Record<string, string>>) => {
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const answer = await Auth(new Request(new URL(path, ORIGIN), { ...init, headers }), config);
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
}

/** Refreshes as the guide of Auth.js on refresh token rotation does. */
async function refreshed(endpoint: string, client: Readonly<Record<string, string>>, refreshToken: string) {
  const body = new URLSearchParams({ ...client, grant_type: 'refresh_token', refresh_token: refreshToken });
  return (await fetch(endpoint, { method: 'POST', body })).json() as Promise<Record<string, string>>;
}

test.each(['public', 'confidential'] as const)('@auth/core, %s, with its own provider', async (kind) => {
  const made = await strict({ client: kind, redirectUris: ['http://127.0.0.1:0/auth/callback/salesforce'] });
  const { mock, signIn, limits, expectRotations } = made;
  const secret = kind === 'confidential' ? { client_secret: SECRET } : undefined;
  const method = kind === 'confidential' ? 'client_secret_post' : 'none';
  let kept: Record<string, string> = {};
  const config: AuthConfig = {
    secret: 'of the application',
    trustHost: true,
    basePath: '/auth',
    providers: [
      Salesforce({
        issuer: mock.loginUrl,
        clientId: CLIENT_ID,
        ...(secret && { clientSecret: SECRET }),
        client: { token_endpoint_auth_method: method },
        authorization: { params: { scope: 'openid api refresh_token' } },
      }),
    ],
    callbacks: {
      async jwt({ token, account }) {
        if (account) kept = { ...(account as unknown as Record<string, string>) };
        else
          kept = await refreshed(
            `${mock.loginUrl}/services/oauth2/token`,
            { client_id: CLIENT_ID, ...secret },
            kept['refresh_token']!,
          );
        return token;
      },
    },
  };
  const visit = createBrowser(config);
  const { csrfToken } = (await (await visit('/auth/csrf')).json()) as { readonly csrfToken: string };
  const start = await visit('/auth/signin/salesforce', { csrfToken });
  const callback = await signIn(start.headers.get('location')!);
  expect((await visit(callback.pathname + callback.search)).headers.get('location')).toBe(ORIGIN);
  for (let round = 0; round < 3; round += 1) {
    const answer = await fetch(limits, { headers: { authorization: `Bearer ${kept['access_token']!}` } });
    expect(answer.status).toBe(200);
    // Each look at the session refreshes.
    expect(await (await visit('/auth/session')).json()).toHaveProperty('user');
  }
  expectRotations(3);
});
