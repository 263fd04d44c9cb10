import { request } from 'node:https';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { CLIENT_ID, stage } from '../fixtures/stage.ts';

const usual = getCACertificates('default');

afterEach(() => {
  setDefaultCACertificates(usual);
});

/** Posts a refresh ; resolves with the status, or the code of the error. */
async function post(url: string, refreshToken: string): Promise<number | string> {
  const body = new URLSearchParams({
    ...{ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: refreshToken },
  }).toString();
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
    const sent = request(`${url}/services/oauth2/token`, { method: 'POST', headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(body);
  });
}

test.each([
  ['reset-before-commit', 200],
  ['reset-after-commit', 400],
] as const)('%s: under TLS, too, the connection is reset and nothing of the mock is broken', async (fault, then) => {
  const { mock, of, login } = await stage({ tls: true });
  setDefaultCACertificates([...usual, readFileSync(mock.caFile!, 'utf8')]);
  const { refresh_token: refreshToken } = await login();
  mock.control.inject({ fault });
  expect(await post(mock.loginUrl, refreshToken)).toBe('ECONNRESET');
  expect(of('note').filter(({ harnessFault }) => harnessFault)).toEqual([]);
  await expect.poll(() => of('response').at(-1)).toMatchObject({ status: 0, delivered: 'none', fault });
  expect(await post(mock.loginUrl, refreshToken)).toBe(then);
});
