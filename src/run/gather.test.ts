import { describe, expect, test } from 'vitest';
import { createGates } from '../../mock-server/gates/gates.ts';
import type { Exchange } from '../../mock-server/recorder/exchange.ts';
import type { Gate, GatePoint } from '../../mock-server/mock.ts';
import { gather } from './gather.ts';

const QUIET_MS = 20;

function setUp() {
  const gates = createGates({ record: (body) => ({ ...body, seq: 1, t: 0, scenario: '', prev: '' }) });
  let number = 0;
  const arrive = (point: GatePoint): Promise<void> => {
    number += 1;
    return gates.pass(point, { number, connection: 'C1', ended: new Promise(() => undefined) } as unknown as Exchange);
  };
  return {
    gates,
    arrive,
    denied: gates.hold({ point: 'resource-denied' }),
    requests: gates.hold({ point: 'refresh-request' }),
  };
}

const never = new Promise(() => undefined);

describe('gather', () => {
  test('resolves at once when all contenders are held at a gate', async () => {
    const { arrive, denied } = setUp();
    void arrive('resource-denied');
    void arrive('resource-denied');
    expect(await gather([denied], 2, never, 60_000)).toHaveLength(2);
  });

  test('the other gates are not waited for once all are at one', async () => {
    const { arrive, denied, requests } = setUp();
    void arrive('resource-denied');
    void arrive('resource-denied');
    expect(await gather([denied, requests], 2, never, 60_000)).toHaveLength(2);
  });

  test('a client that refreshes before it calls is found at the other gate', async () => {
    const { arrive, denied, requests } = setUp();
    void arrive('refresh-request');
    expect(await gather([denied, requests], 5, never, QUIET_MS)).toHaveLength(1);
  });

  test('a gate that was asked in vain before still counts its first arrival', async () => {
    const { arrive, denied, requests } = setUp();
    void arrive('resource-denied');
    await gather([denied, requests], 1, never, QUIET_MS);
    denied.close();
    const waiting = gather([requests], 3, never, QUIET_MS);
    void arrive('refresh-request');
    expect(await waiting).toHaveLength(1);
  });

  test('a gate that is closed meanwhile is not asked again: no call arrives there, however long the calls take', async () => {
    const { denied, requests } = setUp();
    /** Fails the third time: asking a closed gate again and again would block everything else. */
    const patient = (gate: Gate): Gate => {
      let asked = 0;
      const settled: Gate['settled'] = (count, quietMs) => {
        asked += 1;
        if (asked > 2) throw new Error('asks in vain');
        return gate.settled(count, quietMs);
      };
      return Object.assign(Object.create(gate) as Gate, { settled });
    };
    const waiting = gather([patient(denied)], 1, never, 60_000);
    denied.close();
    expect(await waiting).toEqual([]);
    const calls = Promise.withResolvers<undefined>();
    const both = gather([patient(denied), patient(requests)], 1, calls.promise, 60_000);
    setImmediate(() => {
      calls.resolve(undefined);
    });
    expect(await both).toEqual([]);
  });

  test('does not wait once everything was answered', async () => {
    const { denied } = setUp();
    expect(await gather([denied], 2, Promise.resolve(), 60_000)).toEqual([]);
    expect(await gather([denied], 2, Promise.reject(new Error('died')), 60_000)).toEqual([]);
  });

  test('a slow client is waited for, however long its first arrival takes', async () => {
    const { arrive, denied } = setUp();
    const waiting = gather([denied], 2, never, QUIET_MS);
    await denied.settled(1, 3 * QUIET_MS);
    void arrive('resource-denied');
    void arrive('resource-denied');
    expect(await waiting).toHaveLength(2);
  });
});
