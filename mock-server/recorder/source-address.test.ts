import { describe, expect, test } from 'vitest';
import { CLIENT_ID, stage } from '../fixtures/stage.ts';

const HEADER = 'x-sf-conformance-source';
const switches = { ipAllowlist: '203.0.113.0/28' };
const setting = { switches, redirectUris: ['https://app.example.com/callback'] };

/** A refresh that says where it comes from. */
async function refreshing() {
  const { mock, token, authorize, redeem, of } = await stage(setting);
  const redirect = { redirect_uri: 'https://app.example.com/callback' };
  const tokens = (await redeem(await authorize(redirect), redirect)).body;
  const refresh = (source: string) =>
    token(
      { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: tokens['refresh_token']! },
      { [HEADER]: source },
    );
  return { mock, refresh, recorded: () => of('request').at(-1) };
}

describe('the address that a request comes from', () => {
  test('is what a proxy of the harness names: for the allowlist, and in history', async () => {
    const { mock, refresh, recorded } = await refreshing();
    const { body } = await refresh(`${mock.browserKey};198.51.100.1`);
    expect(body['error_description']).toBe('ip restricted');
    expect(recorded()).toMatchObject({ source: '198.51.100.1', browser: false });
    expect((await refresh(`${mock.browserKey};203.0.113.7`)).status).toBe(200);
  });

  test('is not what a client says of itself, and the header is never written down', async () => {
    const { mock, refresh, recorded } = await refreshing();
    for (const value of ['203.0.113.7', 'guess;203.0.113.7', `${mock.browserKey};nowhere`]) {
      expect((await refresh(value)).status).toBe(400);
      expect(recorded()?.source).toBeUndefined();
    }
    expect(recorded()?.headers.map(({ name }) => name.toLowerCase())).not.toContain(HEADER);
  });
});
