import { createHash } from 'node:crypto';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuthorizationFacts, TokenFacts } from '../../src/history/facts.ts';
import { scenarioHistory } from '../../src/history/query.ts';
import { FIRST_LINK, linkOf } from '../../src/history/chain.ts';
import { content, json, redirect, text } from '../reply.ts';
import { APP, BROWSER_KEY, dial, received, startRecording, type Recording } from './fixtures/recording.ts';

let recording: Recording;
beforeEach(async () => {
  recording = await startRecording();
});
afterEach(async () => {
  await recording.close();
});

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const browser = { 'x-sf-conformance-browser': `${BROWSER_KEY};user=U2` };

const post = (path: string, fields: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) =>
  fetch(recording.login + path, { method: 'POST', body: new URLSearchParams(fields), headers });

const authorizeUrl = (more: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: APP.clientId,
    redirect_uri: 'http://127.0.0.1:4444/callback',
    scope: 'api refresh_token',
    state: 'state-0123456789abcdef',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  });
  return `${recording.login}/services/oauth2/authorize?${query.toString()}`;
};

describe('a request', () => {
  test('is written before anything inside runs, and its answer after it ended', async () => {
    let before = 0;
    recording.answer((exchange) => {
      before = recording.of('request').length;
      expect(recording.of('response')).toHaveLength(0);
      expect(exchange).toMatchObject({ number: 1, seq: 1, connection: 'C1', host: 'login', endpoint: 'token' });
      return json(200, { access_token: 'x' });
    });
    await post('/services/oauth2/token?a=1', { grant_type: 'refresh_token', scope: 'api' });
    const response = await recording.seen('response');
    expect(before).toBe(1);
    const [request] = recording.of('request');
    expect(request).toMatchObject({
      exchange: 1,
      connection: 'C1',
      host: 'login',
      endpoint: 'token',
      method: 'POST',
      path: '/services/oauth2/token',
      body: [
        { name: 'grant_type', value: 'refresh_token' },
        { name: 'scope', value: 'api' },
      ],
      query: [{ name: 'a', value: 'VALUE#2', secret: { label: 'VALUE#2', length: 1 } }],
      bodyBytes: 34,
      browser: false,
      facts: {
        kind: 'token',
        grantType: 'refresh_token',
        queryNames: ['a'],
        contentType: 'application/x-www-form-urlencoded',
      },
    });
    expect(request?.begunAt).toBeLessThanOrEqual(request?.t ?? 0);
    expect(response).toMatchObject({ exchange: 1, status: 200, delivered: 'complete', body: '{"access_token":"x"}' });
    expect(response.t).toBeGreaterThanOrEqual(request?.t ?? 0);
  });

  test('carries its connection, its host, its endpoint', async () => {
    await fetch(`${recording.login}/services/oauth2/userinfo`);
    await fetch(`${recording.instance}/anything/at/all`);
    await fetch(`${recording.login}/anything/at/all`);
    const requests = recording.of('request');
    expect(requests.map(({ host, endpoint }) => [host, endpoint])).toEqual([
      ['login', 'userinfo'],
      ['instance', 'resource'],
      ['login', 'other'],
    ]);
    expect(requests[1]?.connection).not.toBe(requests[0]?.connection);
    expect(requests[2]?.connection).toBe(requests[0]?.connection);
  });

  test('of the harness’s browser is marked, and its header is never written', async () => {
    recording.answer(({ user, header }) => json(200, { user, header: header('x-sf-conformance-browser') }));
    expect(await (await fetch(authorizeUrl(), { headers: browser })).json()).toEqual({ user: 'U2', header: '' });
    await fetch(authorizeUrl(), { headers: { 'X-SF-Conformance-Browser': 'guess;user=U1' } });
    expect(recording.of('request').map((one) => one.browser)).toEqual([true, false]);
    const text = await recording.close();
    recording = await startRecording();
    expect(text).not.toMatch(/conformance-browser|bk7-/i);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('compressed with %s is read, and handed on as it was before', async (encoding, compress) => {
    recording.answer(({ rawBody, form }) => json(200, { raw: rawBody.toString(), form: form.getAll('a') }));
    const body = new Uint8Array(compress('a=1&a=2'));
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': encoding };
    const answer = await fetch(`${recording.login}/services/oauth2/token`, { method: 'POST', body, headers });
    expect(await answer.json()).toEqual({ raw: 'a=1&a=2', form: ['1', '2'] });
    expect(recording.of('request')[0]).toMatchObject({ bodyBytes: 7, body: [{ name: 'a' }, { name: 'a' }] });
  });

  test('is redacted before it is cut: half a token is a secret too', async () => {
    const raw = '5Aep8619lirU2rQpxwA05RI_wKVqxfIW12Z7Bs-qZtl3qlJs-m_2wlzIRmMeg.B2XK71YJNs1hloylZdgXzYSyZF4';
    const query = new URLSearchParams({
      response_type: raw,
      code_challenge_method: raw,
      scope: `api ${raw}`,
      [raw]: '1',
    });
    await fetch(`${recording.login}/services/oauth2/authorize?${query.toString()}`, { redirect: 'manual' });
    const form = new URLSearchParams({ grant_type: raw });
    const headers = {
      'content-type': `application/x-www-form-urlencoded; charset=${raw}`,
      [`x-${raw.slice(8, 60)}`]: '1',
    };
    await fetch(`${recording.login}/services/oauth2/token?${query.toString()}`, {
      method: 'POST',
      body: form,
      headers,
    });
    const text = await recording.close();
    recording = await startRecording();
    for (const part of raw.match(/[A-Za-z0-9_-]{12}/g) ?? []) expect(text).not.toContain(part);
  });

  test.each([
    ['too large', 413, Buffer.alloc(1024 * 1024 + 1, 'a'), {}],
    ['too large once decompressed', 413, gzipSync(Buffer.alloc(5 * 1024 * 1024)), { 'content-encoding': 'gzip' }],
    ['broken', 400, Buffer.from('no gzip'), { 'content-encoding': 'gzip' }],
    ['in an unknown encoding', 415, Buffer.from('x'), { 'content-encoding': 'zstd' }],
  ])('%s is refused and recorded', async (_, status, bytes, headers) => {
    recording.answer(() => {
      throw new Error('must not be reached');
    });
    const body = new Uint8Array(bytes);
    const answer = await fetch(`${recording.login}/services/oauth2/token`, { method: 'POST', body, headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
    expect(await recording.seen('response')).toMatchObject({ status, error: 'invalid_request' });
    expect(recording.of('request')).toHaveLength(1);
  });

  test('whose client leaves before it is whole is a note, and nothing stays open', async () => {
    const socket = await dial(recording.login);
    socket.write('POST /services/oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ngrant_type=');
    socket.resetAndDestroy();
    await recording.seen('note');
    await expect.poll(() => recording.recorder.open).toBe(0);
    expect(recording.of('request')).toHaveLength(0);
  });
});

describe('an answer', () => {
  test('that an inner part fails to give is a 500, and recorded', async () => {
    recording.answer(() => {
      throw new Error('inner trouble');
    });
    await fetch(recording.login);
    expect(await recording.seen('response')).toMatchObject({ status: 500, delivered: 'complete' });
    await expect.poll(() => recording.recorder.open).toBe(0);
  });

  test('is aborted when its client left first', async () => {
    const left = Promise.withResolvers<undefined>();
    recording.answer(async () => {
      await left.promise;
      return json(200, {});
    });
    const socket = await dial(recording.login);
    socket.write('GET /services/oauth2/userinfo HTTP/1.1\r\nHost: x\r\n\r\n');
    await recording.seen('request');
    socket.end();
    socket.destroy();
    expect(await recording.seen('response')).toMatchObject({ status: 0, delivered: 'aborted' });
    left.resolve(undefined);
  });

  test('is aborted when its client resets the connection in the middle', async () => {
    // Eight pieces, 50 ms apart.
    recording.answer(() => ({ ...text(200, '12345678'), delivery: { kind: 'trickle', ms: 400 } }));
    const socket = await dial(recording.login);
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    let got = '';
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        got += chunk.toString();
        if (got.endsWith('12')) resolve();
      });
    });
    socket.resetAndDestroy();
    const response = await recording.seen('response');
    expect(response).toMatchObject({ status: 200, delivered: 'aborted' });
    expect(response.body).toMatch(/^123?4?$/);
  });

  test.each([
    ['cut', 200, true],
    ['none', 0, false],
  ] as const)('is %s when the mock broke it off', async (delivered, status, begins) => {
    const delivery = begins ? ({ kind: 'cut', bytes: 4 } as const) : ({ kind: 'reset' } as const);
    recording.answer(() => ({ ...text(200, 'half of it'), delivery }));
    const socket = await dial(recording.login);
    const end = received(socket);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await end;
    expect(await recording.seen('response')).toMatchObject({ status, delivered, ...(begins && { body: 'half' }) });
  });

  test('is written with the fault that shaped it and the rule that refused', async () => {
    const refusal = { error: 'e', errorDescription: 'd', rule: 'rule' };
    recording.answer(() => ({ ...text(200, 'x'), fault: 'odd', refusal }));
    await fetch(recording.login);
    expect(await recording.seen('response')).toMatchObject({
      fault: 'odd',
      deniedBy: 'rule',
      error: 'e',
      errorDescription: 'd',
    });
  });

  test.each([
    [
      { error: 'invalid_grant', error_description: 'bad' },
      { error: 'invalid_grant', errorDescription: 'bad' },
    ],
    [[{ errorCode: 'INVALID_SESSION_ID', message: 'gone' }], { error: 'INVALID_SESSION_ID', errorDescription: 'gone' }],
  ])('records its error: %o', async (body, expected) => {
    recording.answer(() => json(400, body));
    await fetch(recording.login);
    expect(await recording.seen('response')).toMatchObject(expected);
  });

  test.each([
    ['text/html', 200, undefined],
    ['text/html', 500, '<p>page</p>'],
    ['image/png', 200, undefined],
    ['application/json', 200, '<p>page</p>'],
  ])('of type %s and status %i is shown as %s', async (type, status, body) => {
    recording.answer(() => content(status, type, '<p>page</p>'));
    await fetch(recording.login);
    expect((await recording.seen('response')).body).toBe(body);
  });

  test('records the error of a redirect, and shows at most 1,000 characters', async () => {
    const location = 'http://127.0.0.1:1/callback?error=access_denied&error_description=no';
    recording.answer(() => ({ ...redirect(location), body: 'a '.repeat(5_000) }));
    await fetch(recording.login, { redirect: 'manual' });
    const response = await recording.seen('response');
    expect(response).toMatchObject({ error: 'access_denied', errorDescription: 'no' });
    expect(response.body).toHaveLength(1_000);
  });
});

describe('a login', () => {
  const CODE = 'aPrx82nMYN.xQ7zT3k.Ro.ag==';
  const TOKENS = {
    accessToken: '00D7F0000001I8v!ARgAQOG9W.wPt01Kwm',
    refreshToken: '5Aep8613hy0tHCYdhxJMolioLtSyVWkdY',
  };

  /** Sign-in of three steps, as oidc-provider leads through it: authorize, page, resume with the code. */
  const server = () => {
    recording.answer(({ endpoint, path }) => {
      const id = 'q7Vn3kZt0aXc5RfG1hJ2m';
      if (endpoint === 'token') {
        const body = { access_token: TOKENS.accessToken, refresh_token: TOKENS.refreshToken };
        return { ...json(200, body), issued: { ...TOKENS, family: 'F#1', generation: 0 } };
      }
      if (path.startsWith('/login/')) return redirect(`/services/oauth2/authorize/${id}`);
      if (endpoint === 'authorize') return redirect(`/login/${id}`);
      const callback = `http://127.0.0.1:4444/callback?code=${encodeURIComponent(CODE)}&state=x`;
      return { ...redirect(callback), issued: { code: CODE } };
    });
  };
  async function signIn(url: string): Promise<void> {
    let target = url;
    for (let step = 0; step < 3; step += 1) {
      const answer = await fetch(target, { redirect: 'manual', headers: browser });
      target = new URL(answer.headers.get('location') ?? '', target).href;
    }
  }
  const redeem = (more: Record<string, string> = {}) =>
    post('/services/oauth2/token', {
      grant_type: 'authorization_code',
      code: CODE,
      redirect_uri: 'http://127.0.0.1:4444/callback',
      code_verifier: VERIFIER,
      ...more,
    });

  test('is one authorization request, and its code and verifier lead back to it', async () => {
    server();
    await signIn(authorizeUrl());
    await redeem();
    await recording.seen('response', ({ endpoint }) => endpoint === 'token');
    const history = scenarioHistory('x', recording.events);
    expect(history.authorizations).toHaveLength(1);
    expect(history.logins[0]?.exchanges).toHaveLength(1);
    expect(recording.of('request').map(({ endpoint }) => endpoint)).toEqual(['authorize', 'login', 'login', 'token']);
    const { facts } = history.tokenRequests[0] ?? {};
    expect(facts).toMatchObject({
      code: { label: 'CODE#1', login: 1, uses: 1 },
      verifier: { label: 'VERIFIER#1', matches: [1], equalsChallenge: false, exposedIn: [] },
      redirect: 'same',
    });
    expect(facts?.verifier).not.toHaveProperty('variant');
    expect(recording.of('response').map(({ issued }) => issued)).toMatchObject([
      undefined,
      undefined,
      { code: { label: 'CODE#1' } },
      { accessToken: { label: 'AT#1' }, refreshToken: { label: 'RT#1' }, family: 'F#1', generation: 0 },
    ]);
  });

  test('is compared with the redirect URI of its token request', async () => {
    server();
    await signIn(authorizeUrl());
    await redeem({ redirect_uri: 'http://127.0.0.1:5555/callback' });
    const token = recording.of('request').find(({ endpoint }) => endpoint === 'token')?.facts as TokenFacts;
    expect(token).toMatchObject({ code: { login: 1 }, redirect: 'different' });
  });

  test('counts the uses of its code, and recognises a code that the mock never issued', async () => {
    server();
    await signIn(authorizeUrl());
    await redeem();
    await redeem();
    await redeem({ code: 'unknown' });
    const codes = scenarioHistory('x', recording.events).tokenRequests.map(({ facts }) => facts.code);
    expect(codes).toMatchObject([
      { login: 1, uses: 1 },
      { login: 1, uses: 2 },
      { login: null, uses: 1 },
    ]);
  });

  test('is measured against the logins before it', async () => {
    await fetch(authorizeUrl({ nonce: 'n-1' }));
    await fetch(authorizeUrl({ nonce: 'n-1' }));
    await fetch(
      authorizeUrl({ state: 'another', code_challenge: 'other', client_secret: 'x', redirect_uri: 'http://x/' }),
    );
    await fetch(`${recording.login}/services/oauth2/authorize?code_challenge=a&code_challenge=b`);
    const facts = recording.of('request').map((request) => request.facts as AuthorizationFacts);
    const [first] = recording.of('request');
    expect(facts[0]).toMatchObject({
      clientIdKnown: true,
      responseType: 'code',
      method: 'S256',
      scopes: ['api', 'refresh_token'],
      redirect: 'loopback-port',
      challenge: { label: 'CHALLENGE#1', wellFormed: true, occurrences: 1 },
      leaked: [],
    });
    expect(facts[0]?.challenge).not.toHaveProperty('seenBefore');
    const seenBefore = first?.seq;
    expect(facts[1]).toMatchObject({ challenge: { seenBefore }, state: { seenBefore }, nonce: { seenBefore } });
    expect(facts[2]).toMatchObject({
      redirect: 'mismatch',
      leaked: ['client_secret'],
      challenge: { wellFormed: false },
    });
    expect(facts[2]?.state).not.toHaveProperty('seenBefore');
    expect(facts[3]).toMatchObject({ challenge: { occurrences: 2 }, method: null, state: null, redirect: 'absent' });
  });

  test('a verifier is compared with those of the whole run, over mocks that share a correlation', async () => {
    await redeem({ code: 'one' });
    const other = await startRecording({ redactor: recording.redactor, correlation: recording.correlation });
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'two', code_verifier: VERIFIER });
    await fetch(`${other.login}/services/oauth2/token`, { method: 'POST', body });
    expect(other.of('request')[0]).toMatchObject({
      exchange: 2,
      connection: 'C2',
      facts: { verifier: { seenBefore: 1 } },
    });
    await other.close();
  });
});

test('a browser’s preflight of the token endpoint is no token request', async () => {
  await fetch(`${recording.login}/services/oauth2/token`, { method: 'OPTIONS' });
  expect(recording.of('request')[0]?.facts).toEqual({ kind: 'other', leaked: [] });
});

test('the file is a chain whatever was recorded', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => fetch(`${recording.login}/${String(n)}`)));
  // They end in any order.
  await expect.poll(() => recording.of('response')).toHaveLength(20);
  const lines = (await recording.close()).trimEnd().split('\n');
  recording = await startRecording();
  expect(lines).toHaveLength(40);
  const links = lines.map((line) => (JSON.parse(line) as { readonly prev: string }).prev);
  expect(links).toEqual([FIRST_LINK, ...lines.slice(0, -1).map(linkOf)]);
});
