import { once } from 'node:events';
import { expect, test } from 'vitest';
import { dial, startRecording } from './fixtures/recording.ts';

const REQUEST = 'GET /services/data/ HTTP/1.1\r\nHost: x\r\n\r\n';

test('requests that have arrived are read before the first of them is answered: they overlap in history, too', async () => {
  const recording = await startRecording();
  const sockets = await Promise.all(Array.from({ length: 4 }, () => dial(recording.login)));
  const ask = async (): Promise<void> => {
    const ended = recording.of('response').length + sockets.length;
    // All are in the sockets before the server has its next turn.
    const answered = sockets.map((socket) => once(socket, 'data'));
    for (const socket of sockets) socket.write(REQUEST);
    await Promise.all(answered);
    await recording.seen('response', () => recording.of('response').length === ended);
  };
  // The first time connections are still being accepted.
  await ask();
  const before = recording.events.length;
  await ask();
  for (const socket of sockets) socket.destroy();
  await recording.close();
  const kinds = recording.events.slice(before).map(({ kind }) => kind);
  expect(kinds).toEqual([...sockets.map(() => 'request'), ...sockets.map(() => 'response')]);
});
