import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as SalesforceCore from '@salesforce/core';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { CLIENT_ID } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

/** Where the library keeps its tokens: it looks for it when it is loaded. */
const HOME = mkdtempSync(join(tmpdir(), 'sf-conformance-core-'));
Object.assign(process.env, {
  HOME,
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_DISABLE_TELEMETRY: 'true',
});
afterAll(() => {
  rmSync(HOME, { recursive: true, force: true });
});
const required = createRequire(import.meta.url);
const { AuthInfo, Connection } = required('@salesforce/core') as typeof SalesforceCore;
/** Its own jsforce, as an application gets it. */
type OAuth2Client = NonNullable<Parameters<typeof AuthInfo.getAuthorizationUrl>[1]>;
const { OAuth2 } = createRequire(required.resolve('@salesforce/core'))('@jsforce/jsforce-node') as {
  readonly OAuth2: new (options: object) => OAuth2Client;
};

const CALLBACK = 'http://localhost:1717/OauthRedirect';
const CONNECTIONS = 30;

/** Those who wait for its lock look for it once a second, one after the other. */
const TIMEOUT_MS = 240_000;

test(
  '@salesforce/core: of 30 connections whose session expired one refreshes, in each of three rounds',
  async () => {
    const { mock, signIn, expectRotations, of } = await strict({ redirectUris: [CALLBACK] });
    // Watched, not changed.
    const refreshes = vi.spyOn(AuthInfo.prototype as unknown as { refreshFn(): Promise<void> }, 'refreshFn');
    onTestFinished(() => {
      refreshes.mockRestore();
    });
    const options = { loginUrl: mock.loginUrl, clientId: CLIENT_ID, redirectUri: CALLBACK };
    const oauth2 = new OAuth2({ ...options, useVerifier: true });
    // The Salesforce CLI sends 171 characters and no method; the partner rule allows neither.
    oauth2.codeVerifier = randomBytes(32).toString('base64url');
    const url = new URL(AuthInfo.getAuthorizationUrl(options, oauth2));
    url.searchParams.set('code_challenge_method', 'S256');
    const authCode = (await signIn(url)).searchParams.get('code')!;
    const login = await AuthInfo.create({ oauth2Options: { ...options, authCode }, oauth2 });
    await login.save();
    const username = login.getUsername();
    const connections = await Promise.all(
      Array.from({ length: CONNECTIONS }, async () =>
        Connection.create({ authInfo: await AuthInfo.create({ username }) }),
      ),
    );
    for (let round = 1; round <= 3; round += 1) {
      mock.control.expireAccessTokens();
      // All of them hold the old refresh token before one has the new one: who comes later refreshes again.
      const gate = mock.control.hold({ point: 'refresh-request' });
      // A query is sent when it is awaited.
      const calls = connections.map(async (one) => await one.query('SELECT Id FROM Organization'));
      await gate.settled(1, 30_000);
      await expect.poll(() => refreshes.mock.calls.length).toBe(round * CONNECTIONS);
      gate.close();
      const answers = await Promise.all(calls);
      expect(answers.map(({ totalSize }) => totalSize)).toEqual(Array.from({ length: CONNECTIONS }, () => 1));
      expect(of('rotation')).toHaveLength(round);
    }
    expectRotations(3);
  },
  TIMEOUT_MS,
);
