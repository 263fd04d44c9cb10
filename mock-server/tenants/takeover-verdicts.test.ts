import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/history/event.ts';
import { createCommands } from '../management/commands.ts';
import { createRedactor } from '../recorder/create-redactor.ts';
import { start } from '../start.ts';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { begin, judge, outline } from './fixtures/judge.ts';
import { call, login, refresh, type Answer, type Place } from './fixtures/partner.ts';
import { startService } from './fixtures/service.ts';

const HERD = { id: 'herd', title: 'Calls that find their session dead at the same moment', phase: 'herd' } as const;

/** Where a race is run: one mock alone, or a service whose instance dies while the refreshes stand at the gate. */
interface Ground {
  readonly place: Place;
  readonly order: (path: string, body: object) => Promise<unknown>;
  /** Resolves when so many stand at the gate. */
  held(count: number): Promise<unknown>;
  /** What happens while they stand there. */
  readonly meanwhile: () => Promise<unknown>;
  history(): Promise<readonly Event[]>;
}

/** Two calls find their session dead; `contenders` refreshes with one token are held, then let go. */
async function race(ground: Ground, contenders: number): Promise<readonly Event[]> {
  const { place, order } = ground;
  const tokens = await login(place);
  await order('/scenario', HERD);
  await order('/expire', {});
  for (let count = 0; count < 2; count += 1) await call(place, tokens['access_token'] ?? '');
  await order('/gates', { point: 'refresh-request' });
  const waiting: Promise<Answer>[] = [];
  for (let count = 1; count <= contenders; count += 1) {
    waiting.push(refresh(place, tokens['refresh_token'] ?? ''));
    await ground.held(count);
  }
  await ground.meanwhile();
  await order('/gates/open', {});
  const answers = await Promise.all(waiting);
  const winner = answers.find(({ status }) => status === 200);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(contenders - 1).fill(400)]);
  for (let count = 0; count < 2; count += 1) await call(place, winner?.body['access_token'] ?? '');
  return ground.history();
}

async function alone(contenders: number): Promise<readonly Event[]> {
  const events: Event[] = [];
  const begun = performance.now();
  let scenario = 'login';
  const record = (body: EventBody): Event => {
    const event = { seq: events.length + 1, t: performance.now() - begun, scenario, prev: '', ...body };
    events.push(event);
    return event;
  };
  for (const body of begin) record(body);
  const app = { clientId: '3MVG9alone', client: 'public' as const, redirectUris: ['http://127.0.0.1:0/callback'] };
  const mock = await start({ app, record, now: () => performance.now() - begun, redactor: createRedactor() });
  const { loginUrl, instanceUrl, browserKey, control } = mock;
  const orders = createCommands(control, 'strict');
  const order = async (path: string, body: object) => {
    if (path !== '/scenario') return orders.table.get(path)?.(body);
    scenario = HERD.id;
    record({ kind: 'scenario-begin', title: HERD.title, mode: 'strict' });
    return record({ kind: 'phase', phase: HERD.phase });
  };
  const place = { login: loginUrl, instance: instanceUrl, browserKey, clientId: app.clientId };
  const held = (count: number) => expect.poll(() => orders.state().gates[0]?.held).toBe(count);
  const history = await race(
    { place, order, held, meanwhile: async () => undefined, history: async () => events },
    contenders,
  );
  await mock.close();
  return history;
}

async function shared(contenders: number): Promise<readonly Event[]> {
  const service = await startService(process.env['REDIS_URL'] ?? '', 2);
  const tenant = await service.tenant('acme');
  const { place } = tenant;
  const held = (count: number) =>
    expect.poll(async () => (await tenant.state()).gates[0]?.held, { timeout: 40_000 }).toBe(count);
  const meanwhile = async () => {
    const owner = service.processes[await tenant.owner()]!;
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
  };
  const events = await race({ ...tenant, place, held, meanwhile }, contenders);
  expect(service.front.again).toBeGreaterThan(0);
  return events;
}

describe.runIf(HAS_REDIS)('a race across the death of an instance', () => {
  test.each([
    ['of a client that refreshes once', 1, 'pass'],
    ['of a client that refreshes twice at once', 2, 'fail'],
  ] as const)('%s is judged as on one instance', { timeout: 90_000 }, async (_title, contenders, verdict) => {
    const [one, two] = [await alone(contenders), await shared(contenders)];
    const expected = await judge(one);
    expect(expected['RACE-01']).toBe(verdict);
    expect(outline(two)).toEqual(outline(one));
    expect(await judge(two)).toEqual(expected);
  });
});
