/** The contract's section 4, once for each driver: clients of every shape, one of them moved by a person, and one set of expectations. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyNoChromium } from '../../test-kit/chromium.ts';
import { openStand, shapes, type Stand } from './fixtures/stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const noChromium = await whyNoChromium();
const here = [...Object.keys(shapes), 'manual'].filter((shape) => shape !== 'browser' || noChromium === undefined);
if (noChromium !== undefined) test.skip(`browser: ${noChromium}`);

describe.each(here)('%s', (shape) => {
  test('logs in, calls, reports its state, logs out', async () => {
    const { main } = await stand.begin(shape);
    expect(await main.status()).toMatchObject({ result: 'ok', connected: false });
    expect(await main.authorize()).toMatchObject({ result: 'ok', opened: true, redirected: true, delivered: true });
    expect(await main.call()).toMatchObject({ result: 'ok' });
    expect(await main.status()).toMatchObject({ result: 'ok', connected: true });
    expect(await main.disconnect()).toMatchObject({ result: 'ok' });
    expect(await main.status()).toMatchObject({ result: 'ok', connected: false });
    expect(await main.call()).toMatchObject({ result: 'failed' });
    const actions = stand.history.of('verb-begin').map(({ name }) => name);
    expect(actions).toEqual(['status', 'authorize', 'call', 'status', 'disconnect', 'status', 'call']);
    expect(stand.history.of('verb-end').map(({ verb }) => verb)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const steps = stand.history.of('visit').map(({ step }) => step);
    // A person's own browser is not watched.
    expect(steps.slice(0, 2)).toEqual(shape === 'manual' ? [] : ['opened', 'callback']);
    expect(stand.history.of('visit').every(({ url, verb }) => !url.includes('?') && verb !== undefined)).toBe(true);
  });

  test('users are apart', async () => {
    const session = await stand.begin(shape);
    await session.main.authorize();
    const other = await session.another();
    // A person has one client at a time, and says so.
    if (shape === 'manual') {
      expect(other).toBeUndefined();
      return;
    }
    expect(other!.user).not.toBe(session.main.user);
    expect(await other!.call()).toMatchObject({ result: 'failed' });
    await other!.authorize();
    expect(await other!.call()).toMatchObject({ result: 'ok' });
    await other!.disconnect();
    expect(await session.main.call()).toMatchObject({ result: 'ok' });
  });

  test('several calls at once', async () => {
    const { main } = await stand.begin(shape);
    await main.authorize();
    const answers = await Promise.all([main.call(), main.call(), main.call()]);
    expect(answers.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
    const kinds = stand.history.events.filter(({ kind }) => kind.startsWith('verb')).map(({ kind }) => kind);
    expect(kinds.slice(2, 5)).toEqual(['verb-begin', 'verb-begin', 'verb-begin']);
  });

  test('what the client writes besides is evidence', async () => {
    const { main } = await stand.begin(shape, 'junk');
    expect(await main.authorize()).toMatchObject({ result: 'ok' });
    expect(await main.call()).toMatchObject({ result: 'ok' });
    expect(stand.history.lines().every((line) => line.length <= 2_000)).toBe(true);
  });
});

describe.each(['adapter', 'command', 'http'])('%s, which is driven without a page', (shape) => {
  test('gives every call a marker of its own', async () => {
    const { main } = await stand.begin(shape, 'prints-marker');
    await main.authorize();
    await Promise.all([main.call(), main.call()]);
    await main.status();
    const given = stand.history.of('verb-begin').map(({ name, marker }) => [name, marker]);
    expect(given).toEqual([
      ['authorize', undefined],
      ['call', 'sf-call-2'],
      ['call', 'sf-call-3'],
      ['status', undefined],
    ]);
    const lines = stand.history.lines().filter((line) => line.startsWith('marker '));
    expect(lines.toSorted()).toEqual(['marker sf-call-2', 'marker sf-call-3']);
  });
});

describe.each(['adapter', 'command'])('%s, which has a listener of its own', (shape) => {
  test('refreshes', async () => {
    const { main } = await stand.begin(shape);
    await main.authorize();
    expect(await main.refresh()).toMatchObject({ result: 'ok' });
    expect(await main.call()).toMatchObject({ result: 'ok' });
  });

  test.each(['refresh', 'status'])('a client without %s says so', async (action) => {
    const { main } = await stand.begin(shape, `no-${action}`);
    expect(await main[action as 'refresh']()).toEqual({ result: 'unsupported' });
  });

  test('a refused callback', async () => {
    const { main } = await stand.begin(shape, 'refuses-callback');
    const answer = await main.authorize();
    expect(answer).toMatchObject({ result: 'failed', opened: true, redirected: true, delivered: false });
    expect(answer.undelivered).toContain('nothing listens at http://127.0.0.1:');
    expect(stand.history.of('visit').map(({ step }) => step)).toEqual(['opened', 'lost']);
  });

  test('a listener that comes up after the URL', async () => {
    const { main } = await stand.begin(shape, 'late-listener');
    expect(await main.authorize()).toMatchObject({ result: 'ok', delivered: true });
  });

  test('a page of thanks elsewhere is not visited', async () => {
    const { main } = await stand.begin(shape, 'leads-elsewhere');
    expect(await main.authorize()).toMatchObject({ result: 'ok', delivered: true });
    expect(stand.history.of('visit').at(-1)).toMatchObject({ step: 'page', url: 'https://example.invalid/thanks' });
  });

  test('another process shares the state folder', async () => {
    const session = await stand.begin(shape);
    await session.main.authorize();
    const second = await session.spawn();
    expect(second!.id).not.toBe(session.main.id);
    expect(second!.user).toBe(session.main.user);
    expect(await second!.call()).toMatchObject({ result: 'ok' });
    await second!.end();
  });
});
