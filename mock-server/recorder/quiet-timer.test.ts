import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { startQuietTimer } from './quiet-timer.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('is over after its time, once, and not when it was called off', async () => {
  vi.useFakeTimers();
  const over = vi.fn();
  startQuietTimer(300, over);
  const callOff = startQuietTimer(300, over);
  await vi.advanceTimersByTimeAsync(299);
  expect(over).not.toHaveBeenCalled();
  callOff();
  // And once more round the loop.
  await vi.advanceTimersByTimeAsync(2);
  expect(over).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(over).toHaveBeenCalledOnce();
});

/** The process does nothing else for so long: as when it is stopped, or when the machine has no turn for it. */
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('what arrived while the process was suspended is read before the client is treated as idle', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const speaker = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void speaker.destroy());
  const [[listener]] = await Promise.all([once(server, 'connection'), once(speaker, 'connect')]);
  for (const ms of [0, 20, 100]) {
    const ended = Promise.withResolvers<string>();
    const callOff = startQuietTimer(ms, () => {
      ended.resolve('silence');
    });
    listener.once('data', () => {
      callOff();
      ended.resolve('heard');
    });
    speaker.write('x');
    standStill(3 * ms + 20);
    expect(await ended.promise, `${String(ms)} ms`).toBe('heard');
  }
});
