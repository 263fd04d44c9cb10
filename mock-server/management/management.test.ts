import { request } from 'node:http';
import { onTestFinished, describe, expect, test } from 'vitest';
import type { Event } from '../../src/history/event.ts';
import { stage } from '../fixtures/stage.ts';
import { startManagement } from './management.ts';

async function managed() {
  const listeners = new Set<(event: Event) => void>();
  const made = await stage();
  const management = await startManagement({
    mock: made.mock,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  onTestFinished(() => management.close());
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(management.url + path, {
      method,
      headers: {
        authorization: `Bearer ${management.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const publish = (seq: number) => {
    const event = { seq, t: 0, scenario: '', prev: '', kind: 'note', text: `n${String(seq)}` } as const;
    for (const listener of listeners) listener(event);
  };
  return { ...made, management, ask, publish, listeners };
}

describe('who may', () => {
  test.each([undefined, 'Bearer x', 'Basic x', ''])('%j may nothing', async (authorization) => {
    const { management, mock } = await managed();
    const headers = authorization === undefined ? {} : { authorization };
    for (const [method, path] of [
      ['GET', '/state'],
      ['GET', '/events'],
      ['POST', '/control/expire'],
      ['GET', '/x'],
    ] as const)
      expect((await fetch(management.url + path, { method, headers })).status).toBe(401);
    expect(mock.control.families()).toEqual([]);
  });

  test('a name that was made to resolve to loopback is not enough', async () => {
    const { management } = await managed();
    const { port } = new URL(management.url);
    const status = await new Promise((resolve, reject) => {
      request(
        {
          port,
          host: '127.0.0.1',
          path: '/state',
          headers: { host: 'evil.example', authorization: `Bearer ${management.token}` },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  test('every token is drawn anew', async () => {
    const [one, two] = [await managed(), await managed()];
    expect(one.management.token).not.toBe(two.management.token);
    expect(one.management.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.management.url).not.toBe(one.mock.loginUrl);
  });
});

test('state and controls', async () => {
  const { ask, login, call, refresh, mock } = await managed();
  const tokens = await login();
  expect(await (await ask('GET', '/state')).json()).toMatchObject({
    loginUrl: mock.loginUrl,
    families: [{ id: 'F#1', alive: true }],
    gates: [],
  });
  expect((await ask('POST', '/control/expire', { family: 'F#1' })).status).toBe(204);
  expect((await call(tokens.access_token)).status).toBe(401);
  expect((await ask('POST', '/control/advance', { ms: 1_000 })).status).toBe(204);
  expect((await ask('POST', '/control/mode', { mode: 'observing' })).status).toBe(204);
  expect((await ask('POST', '/control/replay')).status).toBe(204);
  expect((await refresh(tokens.refresh_token)).status).toBe(400);
  const other = await login();
  expect((await ask('POST', '/control/reject', { reason: 'admin' })).status).toBe(204);
  expect((await refresh(other.refresh_token)).status).toBe(400);
});

test('gates and faults', async () => {
  const { ask, login, refresh, call } = await managed();
  const tokens = await login();
  const { id } = (await (await ask('POST', '/gates', { point: 'refresh-request', limit: 1 })).json()) as { id: string };
  const pending = refresh(tokens.refresh_token);
  await expect
    .poll(async () => ((await (await ask('GET', '/gates')).json()) as { held: unknown[] }[])[0]!.held.length)
    .toBe(1);
  expect((await ask('POST', `/gates/${encodeURIComponent(id)}/open`, {})).status).toBe(204);
  expect((await pending).status).toBe(200);
  expect((await ask('DELETE', `/gates/${encodeURIComponent(id)}`)).status).toBe(204);
  expect((await ask('DELETE', `/gates/${encodeURIComponent(id)}`)).status).toBe(404);
  const fault = await ask('POST', '/faults', { fault: 'unauthorized', on: 'resource', times: 0 });
  expect(fault.status).toBe(201);
  expect((await call(tokens.access_token)).status).toBe(401);
  expect((await ask('DELETE', `/faults/${((await fault.json()) as { id: string }).id}`)).status).toBe(204);
  expect((await call(tokens.access_token)).status).toBe(200);
  expect(await (await ask('GET', '/faults')).json()).toContainEqual(expect.objectContaining({ id: 'unauthorized' }));
});

test.each([
  ['POST', '/gates', { point: 'nowhere' }, 400],
  ['POST', '/gates', { point: 'code-request', more: 1 }, 400],
  ['POST', '/gates', '{', 400],
  ['POST', '/faults', { fault: '../server' }, 404],
  ['POST', '/faults', { fault: 'busy', on: 'moon' }, 400],
  ['POST', '/control/advance', { ms: -1 }, 400],
  ['POST', '/control/advance', { ms: '1' }, 400],
  ['POST', '/control/mode', { mode: 'kind' }, 400],
  ['POST', '/control/constructor', {}, 404],
  ['POST', '/control/expire', { family: 'x' }, 400],
  ['POST', '/control/expire', `"${'x'.repeat(70_000)}"`, 413],
  ['POST', '/%E0%A4%A', {}, 404],
  ['PUT', '/state', {}, 404],
])('%s %s %j: %i', async (method, path, body, status) => {
  const { ask, of } = await managed();
  expect((await ask(method, path, body)).status).toBe(status);
  expect(of('control')).toEqual([]);
});

test('a form of another site is refused', async () => {
  const { ask } = await managed();
  expect((await ask('POST', '/control/expire', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
});

test('events: what was, then what comes; after a number only what followed', async () => {
  const { ask, publish, listeners, management } = await managed();
  publish(1);
  publish(2);
  const answer = await ask('GET', '/events', undefined, { 'last-event-id': '1' });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  publish(3);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('n3')) text += (await reader.read()).value ?? '';
  expect(text.match(/^id: \d+$/gm)).toEqual(['id: 2', 'id: 3']);
  expect(text).toContain('event: note');
  await management.close();
  expect((await reader.read()).done).toBe(true);
  expect(listeners.size).toBe(0);
});
