import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';

const BODY = 'grant_type=refresh_token&client_id=x&refresh_token=y';
const REQUEST = `POST /services/oauth2/token HTTP/1.1\r\nHost: mock\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${String(BODY.length)}\r\n\r\n${BODY}`;

test.each([
  ['resets it', (socket: ReturnType<typeof connect>) => socket.resetAndDestroy()],
  ['sends what is no HTTP behind its request', (socket: ReturnType<typeof connect>) => socket.write(' mock\r\n\r\n')],
  ['closes its half of it', (socket: ReturnType<typeof connect>) => socket.end()],
  ['closes it', (socket: ReturnType<typeof connect>) => socket.destroy()],
])('a client that %s while its answer is held is no fault of the mock', async (_how, leave) => {
  const { mock, of, login } = await stage();
  const gate = mock.control.hold({ point: 'refresh-request' });
  const socket = connect(Number(new URL(mock.loginUrl).port), '127.0.0.1').on('error', () => undefined);
  const signal = AbortSignal.timeout(50_000);
  await once(socket, 'connect', { signal });
  const arrival = gate.next();
  socket.write(REQUEST);
  const held = await arrival;
  leave(socket);
  // What follows on another connection is seen by the mock later than that.
  await login();
  gate.close();
  await held?.ended;
  socket.destroy();
  expect(of('note').filter(({ harnessFault }) => harnessFault)).toEqual([]);
  expect(of('request').filter(({ facts }) => facts.kind === 'token')).toHaveLength(2);
});

test('what is no HTTP is noted, nothing of it repeated, and not for ever', async () => {
  const { mock, of, login } = await stage();
  const { refresh_token } = await login();
  const send = async () => {
    const socket = connect(Number(new URL(mock.loginUrl).port), '127.0.0.1').on('error', () => undefined);
    socket.resume().end(`GET /${refresh_token} HTTP/9.9\r\n\r\n`);
    await once(socket, 'close', { signal: AbortSignal.timeout(50_000) });
  };
  for (let count = 0; count < 210; count += 1) await send();
  const notes = of('note').map(({ text }) => text);
  expect(notes).toHaveLength(200);
  expect(notes[0]).toBe(
    'What came on a connection is no HTTP request and was refused unread: 400 (HPE_INVALID_VERSION).',
  );
  expect(notes.at(-1)).toContain('No more of them are noted.');
});
