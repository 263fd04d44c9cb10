import { expect, test } from 'vitest';
import type { EventBody } from '../../src/history/event.ts';
import type { Event } from '../../src/history/event.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { gatesOf, type GateEntry } from './earlier.ts';
import { createGates } from './gates.ts';

/** Arms gates, lets exchanges 1 … 4 come to them, and tells what was remembered of it. */
function first(): readonly GateEntry[] {
  const entries: GateEntry[] = [];
  const gates = createGates({ record: (body) => body as Event, remember: (entry) => entries.push(entry) });
  const gate = gates.hold({ point: 'refresh-request', limit: 3 });
  gates.hold({ point: 'resource-denied' }).close();
  for (const number of [1, 2, 3]) void gates.pass('refresh-request', exchange(number), `RT#${String(number)}`);
  gate.held[0]?.open();
  return entries;
}

function exchange(number: number, more: Partial<Exchange> = {}): Exchange {
  const ended = new Promise<void>(() => undefined);
  return { number, connection: `C${String(number)}`, browser: false, ended, ...more } as unknown as Exchange;
}

const at = (number: number): Pick<Exchange, 'parked'> => ({
  parked: {
    exchange: number,
    id: `request-${String(number)}`,
    at: { kind: 'gate', gate: 'refresh-request#1', point: 'refresh-request' },
  },
});

test('gates go on elsewhere: same ids, same places, and nothing is told twice', async () => {
  const entries = first();
  const ends = new Map([[2, Promise.withResolvers<undefined>()]]);
  const earlier = gatesOf(entries, (number) => ends.get(number)?.promise);
  expect(earlier.map(({ id, limit, closed }) => [id, limit, closed])).toEqual([
    ['refresh-request#1', 3, false],
    ['resource-denied#2', null, true],
  ]);
  const events: EventBody[] = [];
  const more: GateEntry[] = [];
  const gates = createGates({
    ...{ earlier, remember: (entry) => more.push(entry) },
    record: (body) => {
      events.push(body);
      return body as Event;
    },
  });
  expect(gates.armed().map(({ id, held }) => [id, held.map((one) => one.exchange)])).toEqual([
    ['refresh-request#1', [1, 2, 3]],
  ]);
  // 1 was let go, 2 may come again, 3 is over: its place is free.
  expect(gates.held).toBe(1);
  expect(events).toEqual([]);
  const passed: number[] = [];
  void gates.pass('refresh-request', exchange(2, at(2)), 'RT#2').then(() => passed.push(2));
  void gates.pass('refresh-request', exchange(4)).then(() => passed.push(4));
  await gates.pass('refresh-request', exchange(5));
  // Who was let go before, or stood at a gate that is closed, passes.
  await gates.pass('refresh-request', exchange(1, at(1)));
  expect(gates.held).toBe(2);
  gates.reset();
  await expect.poll(() => passed).toEqual([2, 4]);
  expect(events.map((event) => (event.kind === 'gate' ? [event.action, event.exchange] : []))).toEqual([
    ['held', 4],
    ['opened', 2],
    ['opened', 4],
    ['closed', undefined],
  ]);
  expect(gates.hold({ point: 'code-request' }).id).toBe('code-request#3');
  expect(gatesOf([...entries, ...more], () => undefined).map(({ closed }) => closed)).toEqual([true, true, false]);
});

test('a place whose exchange does not come again becomes free', async () => {
  const ends = new Map([2, 3].map((number) => [number, Promise.withResolvers<undefined>()]));
  const gates = createGates({
    earlier: gatesOf(first(), (number) => ends.get(number)?.promise),
    record: (body) => body as Event,
  });
  expect(gates.held).toBe(2);
  await gates.pass('refresh-request', exchange(9));
  ends.get(2)?.resolve(undefined);
  await expect.poll(() => gates.held).toBe(1);
  void gates.pass('refresh-request', exchange(10));
  expect(gates.held).toBe(2);
});
