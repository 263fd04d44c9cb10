import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';

/** Sends a GET and resolves with the answer as it is on the wire. */
const get = (url: string, headers: Record<string, string>) =>
  new Promise<{ readonly encoding: string | undefined; readonly bytes: Buffer }>((resolve, reject) => {
    request(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['gzip', true],
  ['deflate, GZIP;q=0.5', true],
  ['*', true],
  ['gzip;q=1.0,deflate;q=0.6,identity;q=0.3', true],
  ['identity', false],
  ['gzip;q=0, br', false],
  ['', false],
])('Accept-Encoding %j: gzip %s', async (accepted, packed) => {
  const { mock, login, of } = await stage();
  const { access_token: token } = await login();
  const headers = { authorization: `Bearer ${token}`, ...(accepted !== '' && { 'accept-encoding': accepted }) };
  const { encoding, bytes } = await get(`${mock.instanceUrl}/services/data/v67.0/limits`, headers);
  expect(encoding).toBe(packed ? 'gzip' : undefined);
  const text = (packed ? gunzipSync(bytes) : bytes).toString();
  expect(JSON.parse(text)).toHaveProperty('DailyApiRequests');
  // History holds what was said, not how it was packed.
  expect(of('response').at(-1)).toMatchObject({ status: 200, body: text });
});

test('answers are marked for caches with all that they vary by', async () => {
  const { mock, login } = await stage();
  const { access_token: token } = await login();
  const headers = { authorization: `Bearer ${token}`, origin: 'https://app.example' };
  const answer = await fetch(`${mock.instanceUrl}/services/data/v67.0/limits`, { headers });
  expect(answer.headers.get('vary')).toBe('Origin, Accept-Encoding');
  expect(await answer.json()).toHaveProperty('DailyApiRequests');
});
