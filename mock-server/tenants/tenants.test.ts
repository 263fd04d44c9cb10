import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/history/event.ts';
import { createRedactor } from '../recorder/create-redactor.ts';
import { start } from '../start.ts';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { begin, judge, outline } from './fixtures/judge.ts';
import { PARTNERS, type Partner } from './fixtures/partner.ts';
import { startService } from './fixtures/service.ts';

const url = process.env['REDIS_URL'] ?? '';
const CHAIN = { id: 'refresh-chain', title: 'Sessions that were expired by hand', phase: 'chain' } as const;

/** What a mock of one process writes of a partner: the measure of all. */
async function alone(partner: Partner): Promise<readonly Event[]> {
  const events: Event[] = [];
  const begun = performance.now();
  let scenario = 'login';
  const record = (body: (typeof begin)[number]): Event => {
    const event = { seq: events.length + 1, t: performance.now() - begun, scenario, prev: '', ...body };
    events.push(event);
    return event;
  };
  for (const body of begin) record(body);
  const app = { clientId: '3MVG9alone', client: 'public' as const, redirectUris: ['http://127.0.0.1:0/callback'] };
  const mock = await start({ app, record, now: () => performance.now() - begun, redactor: createRedactor() });
  const { loginUrl: login, instanceUrl: instance, browserKey } = mock;
  const chain = async () => {
    scenario = CHAIN.id;
    record({ kind: 'scenario-begin', title: CHAIN.title, mode: 'strict' });
    record({ kind: 'phase', phase: CHAIN.phase });
    mock.control.expireAccessTokens();
  };
  for (const step of partner({ login, instance, browserKey, clientId: app.clientId }, { chain })) await step();
  await mock.close();
  return events;
}

/** So many at once. */
async function each<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < all.length) {
      const index = next;
      next += 1;
      await work(all[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

describe.runIf(HAS_REDIS)('three instances, 200 tenants', () => {
  test(
    'one is killed in the middle: nothing is lost, and every verdict is that of one mock alone',
    { timeout: 600_000 },
    async () => {
      const kinds = Object.entries(PARTNERS);
      const expected = await Promise.all(
        kinds.map(async ([, partner]) => {
          const history = await alone(partner);
          return { verdicts: await judge(history), outline: outline(history) };
        }),
      );
      // The measure tells them apart, two of them by what was measured alone.
      expect(new Set(expected.map(({ verdicts }) => JSON.stringify(verdicts))).size).toBe(kinds.length - 1);
      expect(new Set(expected.map((one) => JSON.stringify(one.outline))).size).toBe(kinds.length);

      const service = await startService(url, 3);
      const tenants = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const tenant = await service.tenant(`partner-${String(index)}`);
          const [, partner] = kinds[index % kinds.length] ?? [];
          const chain = async () => {
            expect((await tenant.order('/scenario', CHAIN)).status).toBe(200);
            expect((await tenant.order('/expire', {})).status).toBe(200);
          };
          return { tenant, steps: partner?.(tenant.place, { chain }) ?? [] };
        }),
      );
      const [, victim] = service.processes;
      const steps = Math.max(...tenants.map((one) => one.steps.length));
      for (let step = 0; step < steps; step += 1) {
        await each(tenants, 40, async (one, index) => {
          if (step === 2 && index === 100) victim?.kill('SIGKILL');
          await one.steps[step]?.();
        });
      }
      expect(victim?.signalCode ?? (await once(victim!, 'exit'))[1]).toBe('SIGKILL');
      // It had tenants, and requests on their way.
      expect(service.front.again).toBeGreaterThan(0);

      await each(tenants, 10, async ({ tenant }, index) => {
        const history = await tenant.history();
        const want = expected[index % kinds.length];
        expect(history.map(({ seq }) => seq)).toEqual(history.map((_, at) => at + 1));
        expect(outline(history), tenant.name).toEqual(want?.outline);
        expect(await judge(history), tenant.name).toEqual(want?.verdicts);
      });
    },
  );
});
