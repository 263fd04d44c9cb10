/** The fixture and the matchers, as a test of a partner uses them. */
import { describe } from 'vitest';
import { createClient } from './fixtures/client.ts';
import type { SalesforceMock } from './mock.ts';
import { expect, test } from './vitest.ts';

async function refreshTwice(salesforce: SalesforceMock, dropsNewToken = false) {
  const client = createClient(salesforce.env(), { dropsNewToken });
  await client.finishLogin(await salesforce.signIn(client.authorizationUrl()));
  for (let left = 2; left > 0; left -= 1) {
    salesforce.expireSessions();
    await client.call().catch(() => undefined);
  }
}

describe('matchers', () => {
  test('pass for a client that keeps the new token', async ({ salesforce }) => {
    await refreshTwice(salesforce);
    await expect(salesforce).toPassCheck('RTR-02');
    await expect(salesforce).toBeCompliantSoFar();
    expect(salesforce).not.toHaveRefreshedOnce();
  });

  test('print what was seen, what was expected and the fix, in lines that fit a terminal', async ({ salesforce }) => {
    await refreshTwice(salesforce, true);
    const said = (matched: Promise<unknown>): Promise<string> =>
      matched.then(
        () => '',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    const failure = await said(expect(salesforce).toPassCheck('RTR-02'));
    expect(failure).toMatch(
      /RTR-02: fail[^]*Expected: pass[^]*Received: fail\.[^]*Fix: [^]*POST \/services\/oauth2\/token with RT#1 → 400/,
    );
    const all = await said(expect(salesforce).toBeCompliantSoFar());
    expect(all).toContain('RTR-02: fail');
    for (const line of `${failure}\n${all}`.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('do not pass what was not exercised', async ({ salesforce }) => {
    await expect(expect(salesforce).toPassCheck('RACE-01')).rejects.toThrow(/inconclusive/);
    expect(() => expect(salesforce).toHaveRefreshedOnce()).toThrow(/Expected: 1 refresh\nReceived: 0 refreshes/);
  });
});
