import { expect, test } from 'vitest';
import type { ActionAnswer, ClientProcess, ClientSession } from '../drivers/driver.ts';
import type { Event } from '../history/event.ts';
import { createLateWork } from './late-work.ts';

const request = { kind: 'request', facts: { kind: 'resource' } } as Event;
const response = (status: number) => ({ kind: 'response', endpoint: 'resource', status }) as Event;

/** A client whose calls do `work` before it answers, and a mock that is idle after `later` has happened. */
function play(work: readonly Event[], later: readonly Event[], result: ActionAnswer['result'] = 'ok') {
  let waits = 0;
  const lateWork = createLateWork(() => {
    waits += 1;
    see(later);
    return Promise.resolve();
  });
  const see = (events: readonly Event[]) => {
    for (const event of events) lateWork.see(event);
  };
  const client = {
    authorize: () => Promise.resolve({ result: 'ok' }),
    call: () => {
      see(work);
      return Promise.resolve({ result });
    },
  } as unknown as ClientProcess;
  const session = { main: client, spawn: () => Promise.resolve(client) } as unknown as ClientSession;
  return { awaited: lateWork.awaited(session), waits: () => waits };
}

test.each<[string, readonly Event[], ActionAnswer['result'], number]>([
  ['was answered with success by the API', [request, response(200)], 'ok', 0],
  [
    'was answered with the identity of the user',
    [request, { ...response(200), endpoint: 'identity' } as Event],
    'ok',
    0,
  ],
  ['was refused by the API, and the client says so', [request, response(401)], 'failed', 0],
  ['was refused by the API, and the client reports success', [request, response(401)], 'ok', 1],
  ['sent nothing yet, and the client reports success', [], 'ok', 1],
])('a call that %s', async (_, work, result, waits) => {
  const played = play(work, [request, response(200)], result);
  expect(await played.awaited.main.call()).toEqual({ result });
  expect(played.waits()).toBe(waits);
  await (await played.awaited.spawn())?.call();
  expect(played.waits()).toBe(2 * waits);
});

test('a client that does nothing more is not waited for again before its next login', async () => {
  const { awaited, waits } = play([request, response(401)], []);
  await awaited.main.call();
  await awaited.main.call();
  expect(waits()).toBe(1);
  await awaited.main.authorize();
  await awaited.main.call();
  expect(waits()).toBe(2);
});
