/** The mock as a library: what a test of a partner does with it, with a right client and with broken ones. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient, type ClientFaults } from './fixtures/client.ts';
import { startMock, type SalesforceMock } from './mock.ts';

let salesforce: SalesforceMock;
beforeEach(async () => {
  salesforce = await startMock();
});
afterEach(() => salesforce.close());

async function connected(faults: ClientFaults = {}) {
  const client = createClient(salesforce.env(), faults);
  await client.finishLogin(await salesforce.signIn(client.authorizationUrl()));
  return client;
}
async function cycles(client: { call(): Promise<unknown> }, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) {
    salesforce.expireSessions();
    await client.call().catch(() => undefined);
  }
}
const verdicts = async (...ids: string[]) =>
  Object.fromEntries((await salesforce.grade(ids)).map(({ id, verdict }) => [id, verdict]));

describe('sign-in', () => {
  test('resolves with the callback, which was not requested', async () => {
    const client = createClient(salesforce.env());
    const callback = await salesforce.signIn(client.authorizationUrl().href);
    expect(callback.origin).toBe('http://127.0.0.1:8765');
    expect(callback.searchParams.get('code')).toMatch(/^aPrx/);
  });

  test('a user who denies, another user, a changed state', async () => {
    const client = createClient(salesforce.env());
    const denied = await salesforce.signIn(client.authorizationUrl(), { deny: true });
    expect(denied.searchParams.get('error')).toBe('access_denied');
    const changed = await salesforce.signIn(client.authorizationUrl(), { user: 'U2', state: 'forged' });
    await expect(client.finishLogin(changed)).rejects.toThrow('wrong state');
  });

  test('a refused authorization request and a foreign URL are errors that say what to do', async () => {
    await expect(salesforce.signIn('https://login.salesforce.com/services/oauth2/authorize')).rejects.toMatchObject({
      code: 'sign-in-url',
      hint: expect.stringContaining(salesforce.loginUrl),
    });
    await expect(
      salesforce.signIn(`${salesforce.loginUrl}/services/oauth2/authorize?client_id=x`),
    ).rejects.toMatchObject({
      code: 'sign-in-refused',
    });
    await expect(
      salesforce.signIn(createClient(salesforce.env()).authorizationUrl(), { deliver: true }),
    ).rejects.toMatchObject({ code: 'callback-unreachable' });
  });
});

describe('grading', () => {
  test('a right client passes what it did; the rest is inconclusive, and never passed', async () => {
    const client = await connected();
    await cycles(client, 10);
    expect(await verdicts('PKCE-02', 'PKCE-07', 'CA-01', 'RTR-01', 'RTR-02', 'RTR-03', 'RTR-07')).toEqual({
      ...{ 'PKCE-02': 'pass', 'PKCE-07': 'pass', 'CA-01': 'pass' },
      ...{ 'RTR-01': 'pass', 'RTR-02': 'pass', 'RTR-03': 'pass', 'RTR-07': 'pass' },
    });
    const all = await salesforce.grade();
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(all.find(({ id }) => id === 'RACE-01')).toMatchObject({ verdict: 'inconclusive' });
  });

  test('a client that drops the new refresh token fails RTR-02 with a fix and its evidence', async () => {
    await cycles(await connected({ dropsNewToken: true }), 2);
    const [finding] = await salesforce.grade(['RTR-02']);
    expect(finding).toMatchObject({ id: 'RTR-02', verdict: 'fail', fix: expect.stringContaining('refresh_token') });
    expect(salesforce.exchanges().map(({ seq }) => seq)).toEqual(expect.arrayContaining([finding!.evidence[0]]));
  });

  test('a fresh mock has exercised nothing; an unknown id is an error', async () => {
    expect(new Set((await salesforce.grade()).map(({ verdict }) => verdict))).toEqual(
      new Set(['inconclusive', 'skip']),
    );
    await expect(salesforce.grade(['RTR-99'])).rejects.toMatchObject({ code: 'unknown-check' });
  });

  test('what follows a rejection counts for its own checks only', async () => {
    const client = await connected();
    await cycles(client, 2);
    salesforce.rejectRefreshTokens();
    await client.call().catch(() => undefined);
    expect(await verdicts('RTR-02', 'RTR-07', 'ERR-03')).toEqual({
      'RTR-02': 'pass',
      'RTR-07': 'pass',
      'ERR-03': expect.not.stringMatching('fail'),
    });
  });
});

describe('races', () => {
  test('one refresh for five calls, in whatever order they are let through', async () => {
    const client = await connected();
    const { results, refreshes } = await salesforce.race({ calls: 5, of: () => client.call() });
    expect(results.map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
    expect(refreshes).toHaveLength(1);
    expect(await verdicts('RACE-01', 'RACE-02')).toEqual({ 'RACE-01': 'pass', 'RACE-02': 'pass' });
  });

  test('the refresh that won a race counts like any other', async () => {
    const client = await connected({ dropsNewToken: true });
    await salesforce.race({ calls: 3, of: () => client.call() });
    await cycles(client, 1);
    expect(await verdicts('RACE-01', 'RTR-02')).toEqual({ 'RACE-01': 'pass', 'RTR-02': 'fail' });
  });

  test('a client that refreshes in each call fails, and the order is the one that was asked for', async () => {
    const client = await connected({ refreshesPerCall: true });
    const { refreshes, order } = await salesforce.race({ calls: 3, of: () => client.call(), order: [2, 0, 1] });
    expect(order).toEqual([2, 0, 1]);
    expect(refreshes.map(({ refreshToken }) => refreshToken)).toEqual(['RT#1', 'RT#1', 'RT#1']);
    expect(await verdicts('RACE-01')).toEqual({ 'RACE-01': 'fail' });
  });
});

describe('steering', () => {
  test('the session expires, the clock moves, a family dies', async () => {
    const client = await connected();
    expect(await client.call()).toBe(200);
    salesforce.expireSessions();
    expect(await client.call()).toBe(200);
    expect(salesforce.exchanges({ status: 401 })).toHaveLength(1);
    salesforce.revokeFamily();
    await expect(client.call()).rejects.toThrow('400 invalid_grant');
  });

  test('a fault acts as often as it was asked to; a gate holds until it is opened', async () => {
    const client = await connected();
    const fault = salesforce.fail('service-unavailable', { times: 1 });
    salesforce.expireSessions();
    await expect(client.call()).rejects.toThrow();
    expect(fault.fired).toBe(1);
    const gate = salesforce.hold('resource-answer');
    const call = client.call();
    expect(await gate.next()).toMatchObject({ token: expect.stringMatching(/^AT#/) });
    gate.close();
    expect(await call).toBe(200);
    expect(() => salesforce.fail('no-such-fault')).toThrow(/no-such-fault/);
  });

  test('reset forgets what was recorded, opens gates, and keeps tokens', async () => {
    const client = await connected();
    const gate = salesforce.hold('resource-answer');
    salesforce.reset();
    expect(gate.closed).toBe(true);
    expect(salesforce.exchanges()).toEqual([]);
    expect(await client.call()).toBe(200);
  });
});

describe('options', () => {
  test('a confidential app has a generated secret; env names the variables of the contract', async () => {
    await using own = await startMock({ app: { client: 'confidential' }, stateDir: '/tmp/state' });
    expect(own.env()).toEqual({
      ...{ SF_LOGIN_URL: own.loginUrl, SF_CLIENT_ID: own.app.clientId, SF_CLIENT_SECRET: own.app.clientSecret },
      ...{ SF_REDIRECT_URI: 'http://127.0.0.1:0/callback', SF_SCOPES: 'api refresh_token', SF_STATE_DIR: '/tmp/state' },
    });
    expect(salesforce.env()).not.toHaveProperty('SF_STATE_DIR');
  });

  test('a wrong option is named', async () => {
    await expect(startMock({ app: { client: 'privat' as 'public' } })).rejects.toThrow(/app\.client/);
    await expect(startMock({ polici: 'strict' } as object)).rejects.toThrow(/polici/);
    await expect(startMock({ rotation: 'sometimes' })).rejects.toMatchObject({ code: 'unknown-rotation' });
  });
});

test('no secret is in what a test can read', async () => {
  const client = await connected();
  await cycles(client, 1);
  const text = JSON.stringify([salesforce.exchanges(), await salesforce.grade()]);
  expect(text).not.toMatch(/00D\w{12}!|5Aep861|aPrx/);
});
