import { createServer } from 'node:http';
import * as client from 'openid-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { effortMs } from '../test-kit/effort.ts';
import { HarnessError } from '../src/errors.ts';

import { CALLBACK, CLIENT_ID, SECRET, stage } from './fixtures/stage.ts';
import { createCorrelation } from './recorder/correlation.ts';

afterEach(() => vi.restoreAllMocks());

describe('a client made with openid-client passes in strict mode', () => {
  test.each(['public', 'confidential'] as const)('%s', async (kind) => {
    const { mock, browse, of, call } = await stage({ client: kind });
    const config = await client.discovery(
      new URL(mock.loginUrl),
      CLIENT_ID,
      undefined,
      kind === 'public' ? client.None() : client.ClientSecretPost(SECRET),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated to stand out, not to go: the mock speaks plain HTTP
      { execute: [client.allowInsecureRequests] },
    );
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const { url } = await browse(
      client.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: 'openid api refresh_token',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      }).href,
    );
    const tokens = await client.authorizationCodeGrant(config, url!, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    expect(tokens.claims()?.sub).toBe(tokens['id']);
    expect(tokens).not.toHaveProperty('expires_in');
    expect((await call(tokens.access_token)).status).toBe(200);

    const second = await client.refreshTokenGrant(config, tokens.refresh_token!);
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    const third = await client.refreshTokenGrant(config, second.refresh_token!);
    const info = await client.fetchUserInfo(config, third.access_token, tokens.claims()!.sub);
    expect(info['organization_id']).toBe(mock.org.id);
    expect(of('rotation').map(({ outcome }) => outcome)).toEqual(['rotated', 'rotated']);
    expect(of('response').filter(({ status }) => status >= 400)).toEqual([]);
    expect(await client.tokenIntrospection(config, third.access_token)).toMatchObject({ active: true });
    await expect(client.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
  });

  test.each(['public', 'confidential'] as const)('%s: revokes what it was given', async (kind) => {
    const { mock, login, call } = await stage({ client: kind });
    const config = await client.discovery(
      new URL(mock.loginUrl),
      CLIENT_ID,
      undefined,
      kind === 'public' ? client.None() : client.ClientSecretPost(SECRET),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated to stand out, not to go: the mock speaks plain HTTP
      { execute: [client.allowInsecureRequests] },
    );
    const tokens = await login({}, 'U1', kind === 'public' ? {} : { client_secret: SECRET });
    await client.tokenRevocation(config, tokens.refresh_token);
    expect(await client.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
    expect((await call(tokens.access_token)).status).toBe(401);
  });

  test('confidential with Basic', async () => {
    const { login, token, mock } = await stage({ client: 'confidential' });
    const tokens = await login({}, 'U1', { client_secret: SECRET });
    const authorization = `Basic ${Buffer.from(`${CLIENT_ID}:${SECRET}`).toString('base64')}`;
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect((await token(fields, { authorization })).status).toBe(200);
    expect(mock.control.families()).toEqual([{ id: 'F#1', user: 'U1', alive: true, generation: 1 }]);
  });
});

test('starts fast and says nothing on the console', async () => {
  await (await stage()).login();
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
  const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const efforts: number[] = [];
  for (let count = 0; count < 5; count += 1) {
    let staged: ReturnType<typeof stage> | undefined;
    efforts.push(await effortMs(() => (staged = stage({ rotation: 'strict' }))));
    const { login, events } = await staged!;
    await login({ scope: 'openid api refresh_token' });
    expect(events.filter(({ kind }) => kind === 'note')).toEqual([]);
  }
  for (const spy of [...spies, ...written]) expect(spy).not.toHaveBeenCalled();
  expect(Math.min(...efforts)).toBeLessThan(50);
});

test('a port in use is trouble that names the port', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
  const failed = stage({ port });
  await expect(failed).rejects.toBeInstanceOf(HarnessError);
  await expect(failed).rejects.toMatchObject({ code: 'port-in-use', message: expect.stringContaining(String(port)) });
  other.close();
});

test.each([
  [{ rotation: 'sometimes' }, 'unknown-rotation'],
  [{ switches: { burnCodeOnWrongVerifer: true } }, 'unknown-switch'],
  [{ switches: { approvalLimit: -1 } }, 'bad-switch'],
  [{ switches: { invalidClientStatus: 403 } }, 'bad-switch'],
])('%j is trouble', async (options, code) => {
  await expect(stage(options)).rejects.toMatchObject({ code });
});

test('login and instance have origins of their own, and no slash at the end', async () => {
  const { mock, login } = await stage();
  const tokens = await login();
  expect(mock.loginUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(mock.instanceUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(mock.instanceUrl).not.toBe(mock.loginUrl);
  expect(tokens['instance_url']).toBe(mock.instanceUrl);
});

test('close ends connections that are still open', async () => {
  const { mock, login } = await stage();
  const { refresh_token: refreshToken } = await login();
  const gate = mock.control.hold({ point: 'refresh-request' });
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: refreshToken });
  const pending = fetch(`${mock.loginUrl}/services/oauth2/token`, { method: 'POST', body }).catch(() => 'cut' as const);
  await gate.settled(1, 5_000);
  await mock.close();
  expect(await pending).toBe('cut');
});

test('mocks that share a correlation, as the workers of a run do, give every family a label of its own', async () => {
  const correlation = createCorrelation();
  const mocks = [await stage({ correlation }), await stage({ correlation })];
  for (const { login } of [...mocks, ...mocks]) await login();
  const labels = mocks.flatMap(({ of }) => of('family').map(({ family }) => family));
  expect(labels.toSorted()).toEqual(['F#1', 'F#2', 'F#3', 'F#4']);
});
