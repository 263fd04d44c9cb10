// A client's token refresh, tested against a mock Salesforce: node --test
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { startMock } from 'sf-conformance/mock';

const redirectUri = 'http://127.0.0.1:8765/callback';

/** The client under test. DROP_NEW_TOKEN in the environment breaks it, and the test finds out. */
function createClient({ SF_LOGIN_URL: login, SF_CLIENT_ID: clientId, SF_SCOPES: scope }) {
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')];
  let tokens;
  const ask = async (form) => {
    const body = new URLSearchParams({ client_id: clientId, ...form });
    const answer = await fetch(`${login}/services/oauth2/token`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const call = async () => {
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    return (await fetch(`${tokens.instance_url}/services/data/v62.0/limits`, { headers })).status;
  };
  return {
    authorizationUrl() {
      const query = new URLSearchParams({
        ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, state },
        ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' },
      });
      return `${login}/services/oauth2/authorize?${query}`;
    },
    async finishLogin({ searchParams }) {
      assert.equal(searchParams.get('state'), state);
      const form = { code: searchParams.get('code'), redirect_uri: redirectUri, code_verifier: verifier };
      tokens = await ask({ grant_type: 'authorization_code', ...form });
    },
    async callWithRefresh() {
      if ((await call()) !== 401) return;
      const { refresh_token: next, ...rest } = await ask({
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token,
      });
      const kept = process.env.DROP_NEW_TOKEN === undefined ? next : undefined;
      tokens = { ...tokens, ...rest, refresh_token: kept ?? tokens.refresh_token };
      await call();
    },
  };
}

test('keeps the new refresh token', async (t) => {
  const salesforce = await startMock();
  t.after(() => salesforce.close());
  const client = createClient(salesforce.env());
  await client.finishLogin(await salesforce.signIn(client.authorizationUrl()));
  for (let cycle = 0; cycle < 2; cycle += 1) {
    salesforce.expireSessions();
    await client.callWithRefresh().catch(() => undefined); // the verdict says why
  }
  const [{ verdict, message, fix }] = await salesforce.grade(['RTR-02']);
  assert.equal(verdict, 'pass', `RTR-02: ${message}\nFix: ${fix}`);
});
