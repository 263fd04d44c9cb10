import { expect, test } from 'vitest';
import { CLIENT_ID, stage, type Setting } from '../../fixtures/stage.ts';
import { delayed } from '../../store/fixtures/delayed.ts';
import { createMemoryStore } from '../../store/memory.ts';

async function device(setting: Setting = {}) {
  const made = await stage(setting);
  const { token, mock } = made;
  const start = await token({ response_type: 'device_code', client_id: CLIENT_ID, scope: 'api refresh_token' });
  const poll = () => token({ grant_type: 'device', client_id: CLIENT_ID, code: start.body['device_code']! });
  const answer = (user: string | null) =>
    made.browse(`${start.body['verification_uri']!}?user_code=${start.body['user_code']!}`, user);
  return {
    ...made,
    start,
    poll,
    answer,
    wait: () => {
      mock.control.advance(5_000);
    },
  };
}

test('a person says yes: pending, then tokens that rotate, once', async () => {
  const { start, poll, answer, wait, refresh, call, mock } = await device();
  expect(Object.keys(start.body)).toEqual(['device_code', 'user_code', 'verification_uri', 'interval']);
  expect(start.body['user_code']).toMatch(/^[A-Z0-9]{8}$/);
  expect(start.body['verification_uri']).toBe(`${mock.loginUrl}/setup/connect`);
  expect((await poll()).body['error']).toBe('authorization_pending');
  expect((await poll()).body['error']).toBe('slow_down');
  await answer('U3');
  wait();
  const { body } = await poll();
  expect((await call(body['access_token']!, '/services/oauth2/userinfo')).body['nickname']).toBe('U3');
  expect((await refresh(body['refresh_token']!)).status).toBe(200);
  expect((await poll()).body['error']).toBe('invalid_request');
});

test('of many polls at once one is answered with tokens', async () => {
  const { poll, answer } = await device({ store: delayed(createMemoryStore(), 3) });
  await answer('U1');
  const answers = await Promise.all(Array.from({ length: 8 }, poll));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('a person says no, by the form', async () => {
  const { start, poll, wait } = await device();
  const page = start.body['verification_uri']!;
  expect(await (await fetch(page)).text()).toContain('This is a mock');
  const form = { user_code: start.body['user_code']!.toLowerCase(), user: 'U1', answer: 'deny' };
  expect((await fetch(page, { method: 'POST', body: new URLSearchParams(form) })).status).toBe(200);
  wait();
  expect((await poll()).body['error']).toBe('access_denied');
  expect((await fetch(page, { method: 'POST', body: new URLSearchParams(form) })).status).toBe(400);
});

test('codes end after ten minutes, unknown ones are bad requests', async () => {
  const { poll, token, mock } = await device();
  const bad = await token({ grant_type: 'device', client_id: CLIENT_ID, code: 'x' });
  expect(bad.body['error']).toBe('invalid_request');
  mock.control.advance(600_000);
  expect(['invalid_grant', 'invalid_request']).toContain((await poll()).body['error']);
});

test('it starts at the authorization endpoint too, only for the app, and not when it is off', async () => {
  const { mock, token } = await stage();
  const body = new URLSearchParams({ response_type: 'device_code', client_id: CLIENT_ID });
  const started = await fetch(`${mock.loginUrl}/services/oauth2/authorize`, { method: 'POST', body });
  expect(await started.json()).toHaveProperty('device_code');
  const stranger = await token({ response_type: 'device_code', client_id: 'x' });
  expect(stranger.body['error']).toBe('invalid_client_id');
  const off = await stage({ switches: { deviceFlow: false } });
  expect((await off.token({ response_type: 'device_code', client_id: CLIENT_ID })).body['error']).toBe(
    'oauth_flow_disabled',
  );
});
