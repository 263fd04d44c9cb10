import { expect, test, vi } from 'vitest';
import type { Event, EventBody } from '../history/event.ts';
import type { Driver, SessionContext } from './driver.ts';
import { createManualDriver } from './manual.ts';
import { createPromptQueue, type PromptQueue } from './manual/prompt-queue.ts';

/** What of a response event the driver looks at. */
type Answered = Partial<Extract<EventBody, { kind: 'response' }>>;

function setUp(timeoutMs = 1_000) {
  const promptQueue = createPromptQueue({ now: () => 5 });
  const driver = createManualDriver({ promptQueue });
  const events: Event[] = [];
  const counts = { action: 0, process: 0, user: 0 };
  const context: SessionContext = {
    env: {},
    loginUrl: 'http://127.0.0.1:1',
    redirectUris: ['http://127.0.0.1:2/callback'],
    timeoutMs,
    browserKey: '',
    record: (body) => {
      const event: Event = { seq: events.length + 1, t: 0, scenario: 's', prev: '', ...body };
      events.push(event);
      return event;
    },
    redact: (text) => ({ text, leaked: [] }),
    next: (what) => (counts[what] += 1),
  };
  const ends = () => events.filter((event) => event.kind === 'verb-end');
  return { promptQueue, driver, context, events, ends };
}

function happens(driver: Driver, facts: object, answered: Answered = {}, exchange = 1): void {
  const envelope = { seq: 0, t: 0, scenario: 's', prev: '', exchange };
  driver.see?.({ ...envelope, kind: 'request', browser: false, facts } as unknown as Event);
  driver.see?.({ ...envelope, kind: 'response', status: 200, delivered: 'complete', ...answered } as unknown as Event);
}

const shown = (promptQueue: PromptQueue) => promptQueue.open.map(({ text }) => text);
/** Actions reach the promptQueue a few turns later. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const LABEL = { label: 'X', fingerprint: '', length: 1 };

test('asks for each action in words, ten times as long as a program may take, and writes down the reply', async () => {
  const { promptQueue, driver, context, ends } = setUp();
  const { main } = await driver.begin(context);
  const replies = [
    ['refresh', 'done', { result: 'ok' }],
    ['disconnect', 'failed', { result: 'failed' }],
    ['restart', 'reconnect', { result: 'failed', reauthorize: true }],
    ['status', 'done', { result: 'ok', connected: true }],
    ['status', 'reconnect', { result: 'ok', connected: false }],
    ['status', 'unsupported', { result: 'unsupported' }],
    ['call', 'failed', { result: 'failed' }],
    ['authorize', 'reconnect', { result: 'failed', opened: false, redirected: false }],
  ] as const;
  for (const [action, reply, answer] of replies) {
    const pending = main[action]();
    await settle();
    expect(promptQueue.open).toMatchObject([{ action, askedAt: 5, timeoutMs: 10_000 }]);
    expect(promptQueue.reply(reply)).toBe(true);
    expect(await pending).toMatchObject(answer);
    expect(promptQueue.open).toEqual([]);
  }
  expect(ends().map(({ name }) => name)).toEqual(replies.map(([action]) => action));
});

test('what is left out, by reply or by silence, is no declaration', async () => {
  const { promptQueue, driver, context, ends } = setUp(2);
  const { main } = await driver.begin(context);
  const skipped = main.refresh();
  await settle();
  promptQueue.reply('skip');
  expect(await skipped).toMatchObject({ result: 'unsupported', skipped: true });
  expect(await main.restart()).toMatchObject({ result: 'unsupported', skipped: true });
  expect(promptQueue.open).toEqual([]);
  expect(ends()).toMatchObject([{ skipped: true }, { skipped: true }]);
});

test('a login that succeeds is seen by itself', async () => {
  const { promptQueue, driver, context } = setUp();
  const { main } = await driver.begin(context);
  const pending = main.authorize();
  await settle();
  expect(shown(promptQueue)[0]).toContain('Log in with your client now.');
  happens(driver, { kind: 'authorize' }, { endpoint: 'login', issued: { code: LABEL } });
  happens(driver, { kind: 'token', code: LABEL }, { delivered: 'cut', issued: { accessToken: LABEL } }, 2);
  await settle();
  expect(promptQueue.open).toHaveLength(1);
  happens(driver, { kind: 'token', code: null }, { issued: { accessToken: LABEL } }, 3);
  await settle();
  expect(promptQueue.open).toHaveLength(1);
  happens(driver, { kind: 'token', code: LABEL }, { issued: { accessToken: LABEL } }, 4);
  expect(await pending).toEqual({ result: 'ok', opened: true, redirected: true, delivered: true });
  const again = main.authorize();
  await settle();
  expect(shown(promptQueue)[0]).toContain('again');
  promptQueue.reply('done');
  expect(await again).toEqual({ result: 'ok', opened: false, redirected: false });
});

test('what only watches the callback is called when it came; what would change it cannot be done by hand', async () => {
  const { promptQueue, driver, context } = setUp();
  const { main } = await driver.begin(context);
  const urls: string[] = [];
  const onCallback = async (url: string) => {
    urls.push(url);
    return { urls: [url] };
  };
  expect(await main.authorize({ onCallback })).toMatchObject({ result: 'unsupported', skipped: true });
  const pending = main.authorize({ onCallback, watches: true });
  await settle();
  happens(driver, { kind: 'authorize' }, { endpoint: 'authorize', status: 400, error: 'invalid_request' });
  expect(urls).toEqual([]);
  happens(driver, { kind: 'authorize' }, { endpoint: 'login', status: 302, error: 'access_denied' });
  expect(urls).toEqual(['http://127.0.0.1:2/callback']);
  promptQueue.reply('failed');
  expect(await pending).toMatchObject({ result: 'failed', opened: true, redirected: true });
});

test('calls that are asked for together are one instruction; those that succeed are seen by themselves', async () => {
  const { promptQueue, driver, context, ends } = setUp();
  const { main } = await driver.begin(context);
  const concurrent = Promise.all([main.call(), main.call(), main.call()]);
  await settle();
  expect(shown(promptQueue)).toEqual(['Let your client make 3 API calls at the same moment, if it can.']);
  happens(driver, { kind: 'resource' }, {}, 1);
  happens(driver, { kind: 'resource' }, { status: 401 }, 2);
  happens(driver, { kind: 'resource' }, { delivered: 'aborted' }, 3);
  happens(driver, { kind: 'resource' }, {}, 4);
  await settle();
  expect(promptQueue.open).toHaveLength(1);
  happens(driver, { kind: 'resource' }, {}, 5);
  expect(await concurrent).toEqual([{ result: 'ok' }, { result: 'ok' }, { result: 'ok' }]);
  const failing = main.call();
  await settle();
  expect(shown(promptQueue)).toEqual(['Let your client make one API call now.']);
  promptQueue.reply('failed');
  expect(await failing).toMatchObject({ result: 'failed' });
  expect(ends()).toHaveLength(4);
});

test('nothing is asked for once the session is over, and what was open is interrupted', async () => {
  const { promptQueue, driver, context, ends } = setUp();
  const session = await driver.begin(context);
  const pending = session.main.call();
  await settle();
  await session.end();
  expect(await pending).toMatchObject({ result: 'interrupted' });
  await settle();
  expect(promptQueue.open).toEqual([]);
  expect(ends()).toMatchObject([{ name: 'call', result: 'interrupted' }]);
  const late = vi.fn();
  void session.main.refresh().then(late, late);
  await settle();
  expect([promptQueue.open, ends().length, late.mock.calls]).toEqual([[], 1, []]);
});

test('a person has one client, and no second one at once', async () => {
  const { driver, context } = setUp();
  expect(driver.abilities).toMatchObject({ parallelCalls: false, processes: false, users: false, restart: true });
  const session = await driver.begin(context);
  expect([await session.spawn(), await session.another()]).toEqual([undefined, undefined]);
});
