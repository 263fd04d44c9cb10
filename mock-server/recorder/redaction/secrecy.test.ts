/** Feeds secrets into every place of every request and answer, and looks for them in the bytes of the file. */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { noise } from '../../../test-kit/noise.ts';
import { writings } from './encodings.ts';
import { json, redirect, text as plain } from '../../reply.ts';
import { APP, BROWSER_KEY, startRecording } from '../fixtures/recording.ts';

let drawn = 0;
const random = (bytes: number): string => noise(String((drawn += 1)), bytes).toString('base64url');
const SECRETS = {
  refresh: `5Aep861${random(40)}.${random(20)}`,
  oldRefresh: `5Aep861${random(60)}`,
  access: `00D7F0000001I8v!${random(60)}`,
  code: `aPrx${random(40)}==`,
  verifier: random(48),
  challenge: createHash('sha256').update('x').digest('base64url'),
  state: `${random(20)}/+=&"é`,
  // Letters alone are a word: what is no word has a digit.
  nonce: `${random(16)}7`,
  idToken: `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${random(60)}.${random(64)}`,
  wrongSecret: `wr0ng ${random(12)} s3cret%&`,
  cookie: random(24),
  custom: random(30),
} as const;
const RIGHT = APP.clientSecret ?? '';
const KEYS = [...Object.values(SECRETS), RIGHT, BROWSER_KEY];

/** A request whose headers, path and method are exactly these. */
function send(
  origin: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(origin, { method, path, headers, timeout: 50_000 }, (answer) => {
      answer.resume().once('end', resolve);
    });
    outgoing.once('error', reject).end(body);
  });
}

test('no raw secret reaches the file, wherever it is and however it is written', async () => {
  const recording = await startRecording();
  recording.answer(({ number }) => {
    const mode = number % 3;
    const issued = {
      accessToken: SECRETS.access,
      refreshToken: SECRETS.refresh,
      code: SECRETS.code,
      idToken: SECRETS.idToken,
    };
    const refusal = { error: 'e', errorDescription: `bad token ${SECRETS.refresh} of ${RIGHT}` };
    const location = `http://127.0.0.1:1/cb?code=${encodeURIComponent(SECRETS.code)}&state=${encodeURIComponent(SECRETS.state)}`;
    const body = { access_token: SECRETS.access, refresh_token: SECRETS.refresh, x: SECRETS.custom };
    const reply = mode === 1 ? json(200, body) : mode === 0 ? redirect(location) : plain(200, '');
    return { ...reply, issued, refusal, body: mode === 1 ? body : KEYS.join(' ') };
  });
  const values = KEYS.map((key) => writings(key)[1] ?? key);
  const every = (names: readonly string[]): string =>
    names
      .flatMap((name) => [...Object.values(SECRETS), RIGHT].map((raw) => `${name}=${encodeURIComponent(raw)}`))
      .join('&');
  const paths = ['authorize', 'token', 'revoke', 'introspect', 'userinfo', 'success', 'authorize/x'].map(
    (name) => `/services/oauth2/${name}`,
  );
  const names = [
    'state',
    'nonce',
    'code',
    'code_verifier',
    'code_challenge',
    'client_secret',
    'refresh_token',
    'access_token',
    'token',
  ];
  const harmless = [
    'client_id',
    'redirect_uri',
    'scope',
    'prompt',
    'response_type',
    'grant_type',
    'code_challenge_method',
    'x',
    'q',
    'format',
  ];
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const authorizations = [
    basic(`${APP.clientId}:${RIGHT}`),
    basic(`${APP.clientId}:${encodeURIComponent(SECRETS.wrongSecret)}`),
    `Bearer ${SECRETS.access}`,
    `OAuth oauth_refresh_token="${SECRETS.refresh}"`,
    SECRETS.custom,
  ];
  const headersOf = (authorization: string): Record<string, string> => ({
    Authorization: authorization,
    Cookie: `sid=${SECRETS.cookie}; ${SECRETS.custom}; other=${encodeURIComponent(SECRETS.state)}`,
    Referer: `http://127.0.0.1:1/cb?code=${encodeURIComponent(SECRETS.code)}&state=${encodeURIComponent(SECRETS.state)}&${SECRETS.nonce}`,
    'User-Agent': `agent ${SECRETS.refresh} ${SECRETS.verifier}`,
    'X-Custom': `a=${SECRETS.custom}; jwt=${SECRETS.idToken}`,
    [`X-${SECRETS.cookie}`]: SECRETS.oldRefresh,
    'X-SFDC-Session': SECRETS.access,
    'x-sf-conformance-browser': `${BROWSER_KEY};user=U1`,
  });

  // First each secret under its own name, so that it has the label that it should have.
  const { state, nonce, challenge, verifier, code, refresh, access } = SECRETS;
  const own = {
    state,
    nonce,
    code_challenge: challenge,
    code_verifier: verifier,
    code,
    refresh_token: refresh,
    access_token: access,
  };
  await send(recording.login, 'GET', `${paths[0] ?? ''}?${new URLSearchParams(own).toString()}`, {}, '');
  for (const [at, path] of [
    ...paths,
    '/services/data/v67.0/',
    `/honey/${SECRETS.access}/${encodeURIComponent(SECRETS.code)}`,
    '/x',
  ].entries()) {
    const headers = headersOf(authorizations[at % authorizations.length] ?? '');
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const json = { 'Content-Type': 'application/json' };
    await send(recording.login, 'GET', `${path}?${every(names)}`, headers, '');
    await send(recording.login, 'GET', `${path}?${every(harmless)}`, headers, '');
    await send(
      recording.login,
      'GET',
      `${path}?${values.map((value) => encodeURIComponent(value)).join('&')}`,
      headers,
      '',
    );
    await send(recording.login, 'POST', path, { ...headers, ...form }, every([...names, ...harmless]));
    await send(recording.login, 'POST', path, { ...headers, ...form }, JSON.stringify(SECRETS));
    await send(
      recording.instance,
      'POST',
      path,
      { ...headers, ...json },
      JSON.stringify({ access_token: SECRETS.access, ...SECRETS }),
    );
  }
  await recording.seen('response', ({ exchange }) => exchange === 61);
  const text = await recording.close();

  expect(text.split('\n').length).toBe(123);
  for (const [name, raw] of Object.entries({ ...SECRETS, RIGHT, BROWSER_KEY })) {
    const written = [
      ...writings(raw),
      Buffer.from(raw).toString('base64').replace(/=+$/, ''),
      Buffer.from(raw).toString('base64url'),
    ];
    for (const one of written) expect(text.includes(one), `${name} is in the file as ${one}`).toBe(false);
    // Not even a telling part of it.
    for (const part of raw.match(/[A-Za-z0-9_-]{20}/g) ?? [])
      expect(text.includes(part), `a part of ${name}`).toBe(false);
  }
  for (const label of ['SECRET', 'RT#', 'AT#', 'CODE#', 'VERIFIER#', 'CHALLENGE#', 'STATE#', 'NONCE#', 'VALUE#']) {
    expect(text).toContain(label);
  }
});
