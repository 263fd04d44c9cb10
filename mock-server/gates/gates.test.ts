import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { dial, startRecording } from '../recorder/fixtures/recording.ts';
import { text } from '../reply.ts';
import { createGates, type Gates } from './gates.ts';

let events: EventBody[];
let gates: Gates;
beforeEach(() => {
  events = [];
  gates = createGates({
    record: (body) => {
      events.push(body);
      return body as Event;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  gates.reset();
});

/** An exchange whose client can be made to leave. */
function exchange(number: number, browser = false) {
  const ended = Promise.withResolvers<undefined>();
  const one = { number, connection: `C${String(number)}`, browser, ended: ended.promise } as unknown as Exchange;
  return {
    one,
    leave: () => {
      ended.resolve(undefined);
      return ended.promise;
    },
  };
}

/** Arrives, and notes in `passed` when it was let go. */
const passed: number[] = [];
beforeEach(() => passed.splice(0));
function arrive(number: number, token?: string) {
  const { one, leave } = exchange(number);
  const through = gates.pass('refresh-request', one, token).then(() => passed.push(number));
  return { leave, through };
}

test('without a gate, or at another point, everything passes', async () => {
  await arrive(1).through;
  const gate = gates.hold({ point: 'resource-denied' });
  await arrive(2).through;
  expect(gate.held).toHaveLength(0);
  expect(passed).toEqual([1, 2]);
});

test('holds in order of arrival, opens one at a time, and writes it down', async () => {
  const gate = gates.hold({ point: 'refresh-request' });
  const [first, second] = [arrive(1, 'RT#1'), arrive(2)];
  expect(gate.held).toMatchObject([{ exchange: 1, connection: 'C1', token: 'RT#1' }, { exchange: 2 }]);
  expect(gate.held[1]).toHaveProperty('token', undefined);
  expect(gates.held).toBe(2);
  gate.held[1]?.open();
  gate.held[1]?.open();
  await second.through;
  expect(passed).toEqual([2]);
  expect(gates.held).toBe(1);
  gate.close();
  await first.through;
  expect(gate.held).toHaveLength(2);
  expect(events.map((event) => (event.kind === 'gate' ? [event.action, event.exchange] : []))).toEqual([
    ['armed', undefined],
    ['held', 1],
    ['held', 2],
    ['opened', 2],
    ['opened', 1],
    ['closed', undefined],
  ]);
});

test('the harness’s browser is never held', async () => {
  gates.hold({ point: 'code-request' });
  await gates.pass('code-request', exchange(1, true).one);
  expect(gates.held).toBe(0);
});

test('settles as soon as so many have arrived, with what is not yet open', async () => {
  const gate = gates.hold({ point: 'refresh-request' });
  void arrive(1);
  gate.held[0]?.open();
  const settled = gate.settled(3, 60_000);
  void arrive(2);
  void arrive(3);
  expect((await settled).map((one) => one.exchange)).toEqual([2, 3]);
});

test('settles after a silence that each arrival begins anew, and at once when closed', async () => {
  vi.useFakeTimers();
  const gate = gates.hold({ point: 'refresh-request' });
  const seen: number[] = [];
  void gate.settled(9, 300).then((held) => seen.push(held.length));
  await vi.advanceTimersByTimeAsync(299);
  void arrive(1);
  await vi.advanceTimersByTimeAsync(299);
  expect(seen).toEqual([]);
  void arrive(2);
  await vi.advanceTimersByTimeAsync(301);
  expect(seen).toEqual([2]);
  void gate.settled(9, 300).then((held) => seen.push(held.length));
  gate.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([2, 0]);
  expect(await gate.settled(9, 300)).toEqual([]);
});

test('next gives each arrival once, and undefined when the gate is closed', async () => {
  const gate = gates.hold({ point: 'refresh-request' });
  const waiting = gate.next();
  void arrive(1);
  void arrive(2);
  expect((await waiting)?.exchange).toBe(1);
  expect((await gate.next())?.exchange).toBe(2);
  void arrive(3);
  await gate.settled(1, 0);
  const [four, none] = [gate.next(), gate.next()];
  void arrive(4);
  expect((await four)?.exchange).toBe(4);
  gate.close();
  expect(await none).toBeUndefined();
  expect(await gate.next()).toBeUndefined();
});

test('closing opens all in order of arrival in one tick; later arrivals pass', async () => {
  const gate = gates.hold({ point: 'refresh-request' });
  const all = [3, 1, 2].map((number) => arrive(number).through);
  gate.close();
  gate.close();
  await Promise.all(all);
  expect(passed).toEqual([3, 1, 2]);
  await arrive(4).through;
  expect(gate.held).toHaveLength(3);
});

test('holds no more than its limit', async () => {
  const gate = gates.hold({ point: 'refresh-request', limit: 1 });
  void arrive(1);
  await arrive(2).through;
  gate.held[0]?.open();
  await arrive(3).through;
  expect(gate.held).toHaveLength(1);
});

test('a client that leaves frees its place, and what it asked for goes on when the gate opens', async () => {
  const gate = gates.hold({ point: 'refresh-request', limit: 1 });
  const { leave, through } = arrive(1);
  await leave();
  await gate.held[0]?.ended;
  expect(gates.held).toBe(0);
  expect(await gate.settled(1, 0)).toEqual([]);
  void arrive(2);
  expect((await gate.settled(2, 0)).map((one) => one.exchange)).toEqual([2]);
  expect(passed).toEqual([]);
  gate.close();
  await through;
  expect(passed).toEqual([1, 2]);
});

test('reset closes every gate', async () => {
  gates.hold({ point: 'refresh-request' });
  const other = gates.hold({ point: 'resource-answer' });
  const { through } = arrive(1);
  gates.reset();
  await through;
  expect(await other.next()).toBeUndefined();
  expect(gates.held).toBe(0);
});

test('on real sockets: a hundred requests are held, one client hangs up, all others are answered at once', async () => {
  const recording = await startRecording({ held: () => gates.held });
  try {
    recording.answer(async (one) => {
      await gates.pass('resource-denied', one);
      return text(401, '');
    });
    const gate = gates.hold({ point: 'resource-denied' });
    const socket = await dial(recording.instance);
    socket.write('GET /services/data/ HTTP/1.1\r\nHost: x\r\n\r\n');
    const left = await gate.next();
    const answers = Array.from({ length: 99 }, () => fetch(`${recording.instance}/services/data/`));
    expect(await gate.settled(100, 5_000)).toHaveLength(100);
    await recording.recorder.quiet(10);
    expect(recording.recorder.open).toBe(100);
    socket.destroy();
    await left?.ended;
    expect(gates.held).toBe(99);
    expect(recording.of('response')).toMatchObject([{ exchange: left?.exchange, delivered: 'aborted', status: 0 }]);
    gate.close();
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual(Array<number>(99).fill(401));
  } finally {
    await recording.close();
  }
});
