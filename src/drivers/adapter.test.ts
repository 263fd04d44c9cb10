import { afterEach, beforeEach, expect, test } from 'vitest';
import { adapterSchema } from './config.ts';
import { createDriver } from './create.ts';
import type { ClientSession, SessionContext } from './driver.ts';
import { startAuthorizationServer, type AuthorizationServer } from './fixtures/authorization-server.ts';
import { newHistory, type TestHistory } from './fixtures/recorder.ts';

let server: AuthorizationServer;
let history: TestHistory;
let session: ClientSession | undefined;

beforeEach(async () => {
  server = await startAuthorizationServer();
  session = undefined;
});
afterEach(async () => {
  await session?.end();
  await server.close();
});

async function begin(FIXTURE: string, more: Partial<SessionContext> = {}): Promise<ClientSession> {
  history = newHistory(server, more);
  const config = adapterSchema.parse({
    type: 'adapter',
    command: [process.execPath, 'fixtures/adapter-client.mjs'],
    env: { FIXTURE },
  });
  session = await createDriver(config, { configDir: import.meta.dirname }).begin(history.context);
  return session;
}

test('answers may come out of order', async () => {
  const { main } = await begin('out-of-order');
  await main.authorize();
  const answers = await Promise.all([main.call(), main.call(), main.call()]);
  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ result: 'ok', status: 200 })));
  expect(history.of('verb-end').map(({ verb }) => verb)).toEqual([1, 4, 3, 2]);
});

test('lines that are no answer are kept and change nothing', async () => {
  const { main } = await begin('junk');
  expect(await main.authorize()).toMatchObject({ result: 'ok' });
  const lines = history.of('output').flatMap((event) => (event.stream === 'stdout' ? event.lines : []));
  expect(lines).toContain('Welcome to the client');
  expect(lines).toContain('["an","array"]');
  expect(lines).toContain('{"id":987654,"ok":true}');
  expect(lines).toContain('{"id":1,"ok":"yes"}');
  expect(lines).toContain('{"id":"1","ok":true}');
  expect(lines.some((line) => line.includes('not-asked-for'))).toBe(true);
  expect(lines.some((line) => line.startsWith('(a line that was too long, cut) xxx'))).toBe(true);
  expect(history.of('visit').some(({ url }) => url.includes('not-asked-for'))).toBe(false);
});

test.each([
  ['id-in-quotes', '; it wrote {"id":"1","ok":true,"connected":false} on standard output, but the `id`'],
  ['no-line-break', '; it wrote {"id":1,"ok":true,"connected":false} on standard output, but no line break'],
])('an answer that is none is shown when nothing better comes: %s', async (behaviour, why) => {
  // A busy machine takes a second to start a process.
  const { main } = await begin(behaviour, { timeoutMs: 5_000 });
  const answer = await main.status();
  expect(answer.result).toBe('timed-out');
  expect(answer.error).toContain(`no answer within 5000 ms${why}`);
});

test('an event that could not be read is shown with the failure of its login', async () => {
  const { main } = await begin('opens-nowhere');
  const { result, error } = await main.authorize();
  expect(result).toBe('failed');
  expect(error).toContain('no callback came; it wrote {"event":"open","url":"undefined/services');
});

test('two logins at once keep their URLs apart', async () => {
  const { main } = await begin('');
  const answers = await Promise.all([main.authorize(), main.authorize()]);
  expect(answers.map(({ result, delivered }) => [result, delivered])).toEqual([
    ['ok', true],
    ['ok', true],
  ]);
  const owners = history.of('visit').flatMap(({ step, verb }) => (step === 'callback' ? [verb] : []));
  expect(new Set(owners).size).toBe(2);
});

test('a redirect URI with a scheme of the app’s own goes to `redirect`', async () => {
  const redirectUri = 'myapp://cb';
  const { env } = newHistory(server).context;
  const { main } = await begin('custom-scheme', {
    redirectUris: [redirectUri],
    env: { ...env, SF_REDIRECT_URI: redirectUri },
  });
  expect(await main.authorize()).toMatchObject({ result: 'ok', redirected: true, delivered: true });
  expect(history.of('verb-begin').map(({ name }) => name)).toEqual(['authorize', 'redirect']);
  expect(history.of('visit').map(({ step, url }) => [step, url])).toContainEqual(['callback', 'myapp://cb']);
});

test('an adapter without `redirect` cannot take it', async () => {
  const redirectUri = 'myapp://cb';
  const { env } = newHistory(server).context;
  const { main } = await begin('custom-scheme,no-redirect', {
    redirectUris: [redirectUri],
    env: { ...env, SF_REDIRECT_URI: redirectUri },
  });
  expect(await main.authorize()).toMatchObject({
    result: 'failed',
    delivered: false,
    undelivered: 'the adapter has no `redirect`',
  });
});

test('a failed call says what the client said', async () => {
  const { main } = await begin('');
  expect(await main.call()).toEqual({ result: 'failed', error: 'not connected', reauthorize: true });
  expect(history.of('verb-end')).toMatchObject([{ result: 'failed', error: 'not connected', reauthorize: true }]);
});

test('an adapter that stays after the end of its input is killed after 5 s', async () => {
  const { main } = await begin('stays');
  expect(await main.status()).toMatchObject({ result: 'ok' });
  const begun = performance.now();
  expect(await main.restart()).toMatchObject({ result: 'ok' });
  expect(performance.now() - begun).toBeGreaterThan(4_900);
  expect(history.of('process-end')).toMatchObject([{ signal: 'SIGKILL', expected: true }]);
});

test('an action that is open when the harness ends the client is interrupted', async () => {
  const { main } = await begin('hangs-on-call');
  const call = main.call();
  await main.status();
  await main.restart({ kill: true });
  expect(await call).toMatchObject({ result: 'interrupted' });
});

test('an action that is asked during a restart waits for it', async () => {
  const { main } = await begin('');
  const restart = main.restart();
  expect(await main.status()).toMatchObject({ result: 'ok', connected: false });
  expect(await restart).toEqual({ result: 'ok' });
});
