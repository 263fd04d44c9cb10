import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { BODIES, CLOSE, FORM, raw as send, smuggling, statuses, TARGETS } from './fixtures/raw.ts';
import { stage } from './fixtures/stage.ts';

const PATH = '/services/oauth2/token';
const HEAD = `POST ${PATH} HTTP/1.1\r\nHost: mock\r\n`;
const raw = (origin: string, ...parts: readonly (string | Buffer)[]) => send(Number(new URL(origin).port), ...parts);

const SMUGGLED = 'GET /services/oauth2/success HTTP/1.1\r\nHost: mock\r\n\r\n';

test.each(Object.entries(smuggling(HEAD, SMUGGLED)))(
  '%s: refused, and nothing behind it is taken for a request',
  async (_name, [text, status]) => {
    const { mock, of, login } = await stage();
    const answer = await raw(mock.loginUrl, text);
    expect(statuses(answer)).toEqual([status]);
    expect(of('request').filter(({ path }) => path.endsWith('success'))).toEqual([]);
    // What was read no further than its head has no request line in history: a note stands for it.
    if (of('request').length === 0)
      expect(
        of('note')
          .map(({ text }) => text)
          .join(),
      ).toContain(`refused unread: ${String(status)}`);
    await expect(login()).resolves.toHaveProperty('refresh_token');
  },
);

test.each(Object.entries(BODIES))(
  '%s: answered, recorded, and small in history',
  async (_name, { headers, body, status }) => {
    const { mock, events, of } = await stage();
    const head = `${HEAD}${CLOSE}${headers}Content-Length: ${String(body.length)}\r\n\r\n`;
    expect(statuses(await raw(mock.loginUrl, head, body))).toEqual([status]);
    expect(of('request')).toHaveLength(1);
    expect(JSON.stringify(events).length).toBeLessThan(200_000);
  },
);

test.each(TARGETS)('the address %j is answered, never with a fault of the mock', async (address) => {
  const { mock, of } = await stage();
  for (const method of ['GET', 'POST', 'OPTIONS']) {
    const [status] = statuses(
      await raw(mock.instanceUrl, `${method} ${address} HTTP/1.1\r\nHost: mock\r\n${CLOSE}\r\n`),
    );
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
  }
  expect(of('note').filter(({ harnessFault }) => harnessFault)).toEqual([]);
});

test('connections that are idle or stop in the middle do not affect others, and end with the mock', async () => {
  const { mock, login, refresh } = await stage();
  const silent = Array.from({ length: 50 }, (_, at) => {
    const socket = connect(Number(new URL(mock.loginUrl).port), '127.0.0.1').on('error', () => undefined);
    if (at % 2 === 0) socket.write(`${HEAD}${FORM}Content-Length: 100\r\n\r\ngrant_type=`);
    return socket;
  });
  await Promise.all(silent.map((socket) => once(socket, 'connect', { signal: AbortSignal.timeout(50_000) })));
  const { refresh_token } = await login();
  expect((await refresh(refresh_token)).status).toBe(200);
  const closed = silent.map((socket) => once(socket, 'close', { signal: AbortSignal.timeout(50_000) }));
  await mock.close();
  await Promise.all(closed);
});

test('1,000 refreshes of one token at once: one rotation, everybody answered, all recorded', async () => {
  const { mock, of, login } = await stage();
  const { refresh_token } = await login();
  const before = of('request').length;
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: '3MVG9mockClient.of_the_tests',
    refresh_token,
  }).toString();
  const head = `${HEAD}${CLOSE}${FORM}Content-Length: ${String(body.length)}\r\n\r\n${body}`;
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => raw(mock.loginUrl, head)));
  expect(answers.filter((answer) => statuses(answer)[0] === 200).length).toBeLessThanOrEqual(1);
  expect(answers.every((answer) => statuses(answer).length === 1)).toBe(true);
  expect(of('request').length - before).toBe(1_000);
  expect(of('rotation').filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
});
