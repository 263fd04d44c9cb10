import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DOCUMENTED } from '../salesforce/documented.ts';
import type { MockContext } from '../context.ts';
import { answerAt } from '../endpoint.ts';
import { createGates } from '../gates/gates.ts';
import { json, type Reply } from '../reply.ts';
import { dial, received, startRecording, type Recording } from '../recorder/fixtures/recording.ts';
import { CALLBACKS } from './callbacks.ts';
import { CHANGED_ANSWERS } from './changed-answers.ts';
import { DOCUMENTED_ERRORS } from './documented-errors.ts';
import { ERROR_ANSWERS } from './error-answers.ts';
import type { FaultTarget } from './fault.ts';
import { createFaults, type Faults } from './faults.ts';
import { LOST_ANSWERS } from './lost-answers.ts';

const REFRESH = `5Aep861${'x1Y2z3'.repeat(13)}`;
const HONEST = {
  access_token: `00D7F0000001I8v!${'aB3.'.repeat(15)}`,
  refresh_token: REFRESH,
  instance_url: 'http://127.0.0.1:9/',
  token_type: 'Bearer',
};
const PATHS: Readonly<Record<FaultTarget, string>> = {
  refresh: '/services/oauth2/token',
  code: '/services/oauth2/token',
  resource: '/services/data/v67.0/limits',
  revoke: '/services/oauth2/revoke',
  authorize: '/services/oauth2/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb%3Fa%3D1&state=s%201',
};

let recording: Recording;
let faults: Faults;
let commits: number;
/** What the next request is for. */
let target: FaultTarget;
beforeEach(async () => {
  recording = await startRecording();
  faults = createFaults({ record: (body) => recording.record(body) });
  commits = 0;
  target = 'refresh';
  answerWith(({ rotates }) => {
    if (rotates) commits += 1;
    return { ...json(200, HONEST), issued: { accessToken: HONEST.access_token, refreshToken: REFRESH } };
  });
});
afterEach(async () => {
  await recording.close();
});

/** What the endpoint of the next requests answers. */
function answerWith(answer: (how: { readonly rotates: boolean }) => Reply): void {
  const context = { faults, gates: createGates({ record: (body) => recording.record(body) }) };
  const endpoint = {
    answer: (_: unknown, __: unknown, how: { rotates: boolean }) => answer(how),
    arrival: () => ({ target }),
  };
  recording.answer((exchange, decided) => answerAt(endpoint, exchange, context as MockContext, decided));
}

const send = () => fetch(recording.login + PATHS[target], { redirect: 'manual' });
const faultEvents = () => recording.of('fault').map((event) => [event.fault, event.action, event.exchange]);

/** The raw bytes that a client gets. */
async function raw(): Promise<{ readonly text: string; readonly reset: boolean }> {
  const socket = await dial(recording.login);
  const end = received(socket);
  socket.write(`GET ${PATHS[target]} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  return end;
}

/** Status and body of what each fault answers before anything is committed, with its settings. */
const REFUSALS: readonly (readonly [string, Record<string, string | number>, number, unknown])[] = [
  ['service-unavailable', {}, 503, { error: 'service_unavailable' }],
  ['throttled', { seconds: 2 }, 429, { error: 'slow_down' }],
  ['html-error', {}, 500, '<!DOCTYPE html>'],
  ['html-error', { status: 400 }, 400, '<!DOCTYPE html>'],
  ['empty-body', {}, 400, ''],
  ['empty-body', { status: 200 }, 200, ''],
  ['success-without-token', {}, 200, { token_type: 'Bearer' }],
  ['error-with-200', {}, 200, { error: 'unknown_error' }],
  ['busy', {}, 400, { error: 'invalid_grant', error_description: 'token request is already being processed' }],
  ['invalid-grant', {}, 400, { error: 'invalid_grant', error_description: 'expired access/refresh token' }],
  ['invalid-client', {}, 400, { error: 'invalid_client' }],
  ['invalid-client', { status: 401 }, 401, { error: 'invalid_client' }],
  ['inactive-user', {}, 400, { error: 'inactive_user' }],
  ['unsupported-grant-type', {}, 400, { error: 'unsupported_grant_type' }],
  ['rate-limited', {}, 400, { error: 'rate_limit_exceeded' }],
  ['expired-code', {}, 400, { error: 'invalid_grant', error_description: 'expired authorization code' }],
  ['invalid-verifier', {}, 400, { error: 'invalid_grant', error_description: 'invalid code verifier' }],
  ['invalid-token', {}, 400, { error: 'invalid_token' }],
  ['oauth-error', {}, 400, { error: 'unknown_error' }],
  ['oauth-error', { error: 'otp_error', status: 401 }, 401, { error: 'otp_error' }],
  ['forbidden', {}, 403, [{ errorCode: 'INSUFFICIENT_ACCESS' }]],
  ['not-found', {}, 404, [{ errorCode: 'NOT_FOUND' }]],
  ['unauthorized', {}, 401, [{ errorCode: 'INVALID_SESSION_ID' }]],
  ['session-not-for-rest', {}, 401, [{ message: 'This session is not valid for use with the REST API' }]],
];

describe('instead of an answer', () => {
  test.each(REFUSALS)('%s %o: %i', async (fault, settings, status, body) => {
    target = faults.catalogue.find(({ id }) => id === fault)?.target ?? 'refresh';
    const armed = faults.inject({ fault, with: settings });
    const answer = await send();
    expect(answer.status).toBe(status);
    const text = await answer.text();
    if (typeof body !== 'string') expect(JSON.parse(text)).toMatchObject(body as object);
    else if (body === '') expect(text).toBe('');
    else expect(text.startsWith(body)).toBe(true);
    if (fault === 'throttled') expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('content-type')).toMatch(fault === 'html-error' ? 'text/html' : 'application/json');
    await armed.first;
    expect(commits).toBe(0);
    expect(await recording.seen('response')).toMatchObject({ status, fault, delivered: 'complete' });
    expect((await send()).status).toBe(200);
  });

  test('redirect-elsewhere leads to another origin that answers, or to the URL that was given', async () => {
    faults.inject({ fault: 'redirect-elsewhere' });
    const answer = await send();
    expect(answer.status).toBe(307);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin).toBe(recording.login.replace('127.0.0.1', 'localhost'));
    faults.inject({ fault: 'redirect-elsewhere', with: { to: 'http://other.example/x', status: 302 } });
    const redirected = await send();
    expect([redirected.status, redirected.headers.get('location')]).toEqual([302, 'http://other.example/x']);
  });

  test('error-callback sends the browser back with the error and its state', async () => {
    target = 'authorize';
    faults.inject({ fault: 'error-callback', with: { error: 'odd_error', description: '<b>no</b>' } });
    const answer = await send();
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(
      'http://127.0.0.1:1/cb?a=1&error=odd_error&error_description=%3Cb%3Eno%3C%2Fb%3E&state=s+1',
    );
    expect(await recording.seen('response')).toMatchObject({ error: 'odd_error', fault: 'error-callback' });
  });

  test('reset-before-commit', async () => {
    faults.inject({ fault: 'reset-before-commit' });
    expect(await raw()).toEqual({ text: '', reset: true });
    expect(commits).toBe(0);
    expect(await recording.seen('response')).toMatchObject({
      status: 0,
      delivered: 'none',
      fault: 'reset-before-commit',
    });
  });
});

describe('after the work was done', () => {
  test('reset-after-commit: the tokens are issued and never arrive', async () => {
    faults.inject({ fault: 'reset-after-commit' });
    expect(await raw()).toEqual({ text: '', reset: true });
    expect(commits).toBe(1);
    expect(await recording.seen('response')).toMatchObject({
      status: 0,
      delivered: 'none',
      issued: { refreshToken: { label: 'RT#1' } },
    });
  });

  test('truncated-body: Content-Length promises more than comes', async () => {
    faults.inject({ fault: 'truncated-body' });
    const { text } = await raw();
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const whole = JSON.stringify(HONEST);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(head.toLowerCase()).toContain(`content-length: ${String(whole.length)}`);
    expect(body).toBe(whole.slice(0, Math.floor(whole.length / 2)));
    expect(await recording.seen('response')).toMatchObject({ status: 200, delivered: 'cut', fault: 'truncated-body' });
    faults.inject({ fault: 'truncated-body', with: { bytes: 1 } });
    await expect(send().then((answer) => answer.text())).rejects.toThrow();
    expect(commits).toBe(2);
  });

  test('server-error-after-commit', async () => {
    faults.inject({ fault: 'server-error-after-commit' });
    expect((await send()).status).toBe(500);
    expect(commits).toBe(1);
  });

  test('slow and slow-body come late and whole', async () => {
    for (const fault of ['slow', 'slow-body']) {
      faults.inject({ fault, with: { ms: 200 } });
      const began = performance.now();
      const answer = await send();
      expect(await answer.json()).toEqual(HONEST);
      expect(performance.now() - began).toBeGreaterThan(150);
      expect(answer.headers.get('content-type')).toMatch('application/json');
    }
    expect(commits).toBe(2);
  });

  test('slow ends when its client leaves', async () => {
    faults.inject({ fault: 'slow', with: { ms: 60_000 } });
    const leaving = new AbortController();
    const answer = fetch(recording.login + PATHS.refresh, { signal: leaving.signal });
    await recording.seen('fault', ({ action }) => action === 'fired');
    leaving.abort();
    await expect(answer).rejects.toThrow();
    expect(await recording.seen('response')).toMatchObject({ delivered: 'aborted' });
  });

  test.each([
    ['with-expires-in', { seconds: 60 }, { ...HONEST, expires_in: 60 }],
    ['odd-token-type', {}, { ...HONEST, token_type: 'bEARER' }],
    ['missing-fields', { fields: 'token_type, instance_url' }, { access_token: HONEST.access_token }],
    ['moved-instance', {}, { ...HONEST, instance_url: 'http://localhost:9' }],
    ['moved-instance', { to: 'https://moved.example' }, { ...HONEST, instance_url: 'https://moved.example' }],
    ['extra-fields', {}, { ...HONEST, unheard_of: { nested: ['values', 1, null] } }],
  ] as const)('%s %o', async (fault, settings, body) => {
    faults.inject({ fault, on: 'refresh', with: settings });
    const answer = await send();
    expect([answer.status, await answer.json()]).toMatchObject([200, body]);
    expect(commits).toBe(1);
  });

  test('no-refresh-token: none in the answer, and rotation is off in the mock', async () => {
    faults.inject({ fault: 'no-refresh-token' });
    expect(await (await send()).json()).toEqual({ ...HONEST, refresh_token: undefined });
    expect(commits).toBe(0);
    expect((await recording.seen('response')).issued).not.toHaveProperty('refreshToken');
    expect(await (await send()).json()).toEqual(HONEST);
  });

  test('a refusal has committed nothing and is left alone', async () => {
    answerWith(() => json(400, { error: 'invalid_grant' }));
    const armed = faults.inject({ fault: 'reset-after-commit' });
    expect((await send()).status).toBe(400);
    expect(armed.fired).toBe(0);
  });
});

describe('arming', () => {
  test('fires once unless armed for more, and says when it was armed, fired and disarmed', async () => {
    const armed = faults.inject({ fault: 'busy', times: 2 });
    await send();
    await armed.first;
    expect(armed.fired).toBe(1);
    await send();
    expect((await send()).status).toBe(200);
    expect(armed.fired).toBe(2);
    armed.disarm();
    expect(faultEvents()).toEqual([
      ['busy', 'armed', undefined],
      ['busy', 'fired', 1],
      ['busy', 'fired', 2],
    ]);
    const endless = faults.inject({ fault: 'busy', times: Infinity });
    for (let n = 0; n < 5; n += 1) await send();
    endless.disarm();
    expect((await send()).status).toBe(200);
    expect(faultEvents().at(-1)).toEqual(['busy', 'disarmed', undefined]);
  });

  test('reset disarms all', async () => {
    faults.inject({ fault: 'busy' });
    faults.inject({ fault: 'slow', times: Infinity });
    faults.reset();
    expect((await send()).status).toBe(200);
    expect(faultEvents().filter(([, action]) => action === 'disarmed')).toHaveLength(2);
  });

  test('strikes at the endpoints that were named, `token` meaning both grants, and nowhere else', async () => {
    const statuses = async (): Promise<readonly number[]> => {
      const all: number[] = [];
      for (target of ['refresh', 'code', 'resource', 'revoke'] as const) all.push((await send()).status);
      return all;
    };
    const here = { fault: 'service-unavailable', times: Infinity } as const;
    faults.inject(here);
    expect(await statuses()).toEqual([503, 200, 200, 200]);
    faults.reset();
    faults.inject({ ...here, on: 'token' });
    expect(await statuses()).toEqual([503, 503, 200, 200]);
    faults.reset();
    faults.inject({ ...here, on: 'revoke' });
    expect(await statuses()).toEqual([200, 200, 200, 503]);
  });

  test('of requests at once, as many are struck as was asked for', async () => {
    const armed = faults.inject({ fault: 'busy', times: 3 });
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await send()).status));
    expect(statuses.filter((status) => status === 400)).toHaveLength(3);
    expect(armed.fired).toBe(3);
  });

  test('an unknown fault is refused, and the known ones are named', () => {
    expect(() => faults.inject({ fault: 'bussy' })).toThrow(/"bussy".*busy/);
  });
});

test('no two faults have the same id, and the catalogue has all of them', () => {
  const ids = [CALLBACKS, CHANGED_ANSWERS, DOCUMENTED_ERRORS, ERROR_ANSWERS, LOST_ANSWERS].flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(DOCUMENTED_ERRORS.map(({ id }) => id)).toEqual(DOCUMENTED.map(({ id }) => id));
  expect(faults.catalogue.map(({ id }) => id)).toEqual(ids.sort());
  for (const { title, target: on, phase } of faults.catalogue) {
    expect(title.length).toBeGreaterThan(5);
    expect(Object.keys(PATHS)).toContain(on);
    expect(['before', 'after']).toContain(phase);
  }
});
