/** The contract's section 4, once for each driver: clients of three shapes, one set of expectations. */
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adapterSchema, commandSchema, httpSchema, type DriverConfig } from './config.ts';
import { createDriver } from './create.ts';
import type { ClientSession, SessionContext } from './driver.ts';
import { startAuthorizationServer, type AuthorizationServer } from './fixtures/authorization-server.ts';
import { newHistory, type TestHistory } from './fixtures/recorder.ts';

const place = { configDir: new URL('fixtures', import.meta.url).pathname };
const node = process.execPath;

type Shape = (env: Record<string, string>) => Promise<DriverConfig>;

const shapes: Record<string, Shape> = {
  adapter: async (env) => adapterSchema.parse({ type: 'adapter', command: [node, 'adapter-client.mjs'], env }),
  command: async (env) => {
    const verb = (name: string): string[] => [node, 'command-client.mjs', name];
    return commandSchema.parse({
      type: 'command',
      authorize: verb('login'),
      call: verb('call'),
      refresh: verb('refresh'),
      status: verb('status'),
      disconnect: verb('disconnect'),
      env,
    });
  },
  http: async (env) => {
    const port = await freePort();
    return httpSchema.parse({
      type: 'http',
      baseUrl: `http://127.0.0.1:${port}`,
      start: { command: [node, 'web-client.mjs'], ready: '/healthz', env: { PORT: String(port), ...env } },
      authorize: { path: '/login' },
      call: { path: '/api' },
      status: { path: '/status' },
      disconnect: { method: 'post', path: '/logout' },
    });
  },
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

let server: AuthorizationServer;
let history: TestHistory;
let sessions: ClientSession[];

beforeEach(async () => {
  server = await startAuthorizationServer();
  sessions = [];
});
afterEach(async () => {
  await Promise.all(sessions.map((session) => session.end()));
  await server.close();
});

async function begin(
  shape: string,
  fixture = '',
  more: Partial<SessionContext> = {},
  env: Record<string, string> = {},
): Promise<ClientSession> {
  history = newHistory(server, more);
  const config = await shapes[shape]!({ FIXTURE: fixture, ...env });
  const session = await createDriver(config, place).begin(history.context);
  sessions.push(session);
  return session;
}

/** Environment that a fixture client found, from its standard error. */
function environmentSeen(): Record<string, string | null> {
  const line = history.lines().find((text) => text.startsWith('environment '));
  return JSON.parse(line!.slice('environment '.length)) as Record<string, string | null>;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.each(Object.keys(shapes))('%s', (shape) => {
  const separate = shape === 'command';

  test('logs in, calls, tells its state, logs out', async () => {
    const { main } = await begin(shape);
    expect(await main.status()).toMatchObject({ result: 'ok', connected: false });
    expect(await main.authorize()).toMatchObject({ result: 'ok', opened: true, redirected: true, delivered: true });
    expect(await main.call()).toMatchObject({ result: 'ok' });
    expect(await main.status()).toMatchObject({ result: 'ok', connected: true });
    expect(await main.disconnect()).toMatchObject({ result: 'ok' });
    expect(await main.status()).toMatchObject({ result: 'ok', connected: false });
    expect(await main.call()).toMatchObject({ result: 'failed' });
    const verbs = history.of('verb-begin').map(({ name }) => name);
    expect(verbs).toEqual(['status', 'authorize', 'call', 'status', 'disconnect', 'status', 'call']);
    expect(history.of('verb-end').map(({ verb }) => verb)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const steps = history.of('visit').map(({ step }) => step);
    expect(steps.slice(0, 2)).toEqual(['opened', 'callback']);
    expect(history.of('visit').every(({ url, verb }) => !url.includes('?') && verb !== undefined)).toBe(true);
  });

  test('the browser names itself to the mock only, and its user', async () => {
    const session = await begin(shape);
    await session.main.authorize();
    const other = await session.another();
    expect(await other!.authorize()).toMatchObject({ result: 'ok' });
    const paths = ['/services/oauth2/authorize', '/signed-in'];
    expect(server.browsed).toEqual(['U1', 'U2'].flatMap((user) => paths.map((path) => `${user} ${path}`)));
  });

  test('users are apart', async () => {
    const session = await begin(shape);
    await session.main.authorize();
    const other = await session.another();
    expect(other!.user).not.toBe(session.main.user);
    expect(await other!.call()).toMatchObject({ result: 'failed' });
    await other!.authorize();
    expect(await other!.call()).toMatchObject({ result: 'ok' });
    await other!.disconnect();
    expect(await session.main.call()).toMatchObject({ result: 'ok' });
  });

  test.each([false, true])('a restart keeps the state folder (kill: %s)', async (kill) => {
    const { main } = await begin(shape);
    await main.authorize();
    expect(await main.restart({ kill })).toMatchObject({ result: 'ok' });
    expect(await main.call()).toMatchObject({ result: 'ok' });
    if (!separate) {
      expect(history.of('process-begin')).toHaveLength(2);
      expect(history.of('process-end')).toMatchObject([{ expected: true, ...(kill ? { signal: 'SIGKILL' } : {}) }]);
    }
  });

  test('several calls at once', async () => {
    const { main } = await begin(shape);
    await main.authorize();
    const answers = await Promise.all([main.call(), main.call(), main.call()]);
    expect(answers.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
    const kinds = history.events.filter(({ kind }) => kind.startsWith('verb')).map(({ kind }) => kind);
    expect(kinds.slice(2, 5)).toEqual(['verb-begin', 'verb-begin', 'verb-begin']);
  });

  test('what the client writes besides is evidence', async () => {
    const { main } = await begin(shape, 'junk');
    expect(await main.authorize()).toMatchObject({ result: 'ok' });
    expect(await main.call()).toMatchObject({ result: 'ok' });
    expect(history.lines().every((line) => line.length <= 2_000)).toBe(true);
  });

  test('a slow starter', async () => {
    const { main } = await begin(shape, 'slow');
    expect(await main.authorize()).toMatchObject({ result: 'ok' });
  });

  test('death in the middle of a verb', async () => {
    const session = await begin(shape, 'dies-on-call');
    expect(await session.main.call()).toMatchObject({ result: 'died' });
    expect(history.of('process-end')).toMatchObject([{ expected: false, signal: 'SIGKILL', code: null }]);
    if (shape !== 'http') {
      const output = history.of('output').find(({ leaked }) => leaked.length > 0);
      expect(output).toMatchObject({ stream: 'stderr', leaked: ['SECRET'] });
    }
    expect(JSON.stringify(history.events)).not.toContain('top-secret-value');
    if (!separate) expect(await session.main.call()).toMatchObject({ result: 'died' });
    expect(await session.main.restart()).toMatchObject({ result: 'ok' });
    expect(await session.main.status()).toMatchObject({ result: 'ok' });
  });

  test('a verb that hangs times out, and the client goes on', async () => {
    const { main } = await begin(shape, 'hangs-on-call', { timeoutMs: 1_500 });
    expect(await main.call()).toMatchObject({ result: 'timed-out' });
    expect(await main.status()).toMatchObject({ result: 'ok' });
  });

  test('a client that never opens its URL', async () => {
    const { main } = await begin(shape, 'never-opens', { timeoutMs: 1_500 });
    const answer = await main.authorize();
    expect(answer).toMatchObject({ opened: false, redirected: false });
    expect(answer.result).toBe(shape === 'http' ? 'failed' : 'timed-out');
    expect(answer.delivered).toBeUndefined();
  });

  test('an error of the mock reaches the client', async () => {
    server.answer = 'error';
    const { main } = await begin(shape);
    const answer = await main.authorize();
    expect(answer).toMatchObject({ result: 'failed', opened: true, redirected: true, delivered: true });
    expect(answer.error).toContain('access_denied');
    expect(history.of('visit').find(({ step }) => step === 'callback')).toMatchObject({ error: 'access_denied' });
  });

  test('an error page of the mock ends the login at once', async () => {
    server.answer = 'page';
    const { main } = await begin(shape, '', { timeoutMs: 60_000 });
    const answer = await main.authorize();
    expect(answer).toMatchObject({ result: 'failed', opened: true, redirected: false });
    expect(answer.error).toContain('redirect_uri_mismatch');
    expect(history.of('visit').at(-1)).toMatchObject({ step: 'page', status: 400 });
  });

  test('the browser goes nowhere else', async () => {
    server.answer = 'elsewhere';
    const { main } = await begin(shape, '', { timeoutMs: 60_000 });
    expect(await main.authorize()).toMatchObject({ result: 'failed', redirected: false });
    expect(history.of('visit').at(-1)).toMatchObject({ step: 'page', url: 'https://example.invalid/somewhere' });
  });

  test('a scenario may look at the URL, change the callback and repeat it', async () => {
    const { main } = await begin(shape);
    const seen: string[] = [];
    const answer = await main.authorize({
      onOpen: async (url) => void seen.push(url),
      onCallback: async (url) => ({ urls: [url.replace(/state=[^&]+/, 'state=altered')], tampered: 'state-altered' }),
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain(`${server.loginUrl}/services/oauth2/authorize?`);
    expect(answer).toMatchObject({ result: 'failed', delivered: true });
    expect(history.of('visit').find(({ step }) => step === 'callback')).toMatchObject({ tampered: 'state-altered' });
    const twice = await main.authorize({ onCallback: async (url) => ({ urls: [url, url], tampered: 'repeated' }) });
    expect(twice).toMatchObject({ result: 'ok', delivered: true });
  });

  test('a page that shows the callback’s markup as markup is noticed', async () => {
    const { main } = await begin(shape, 'reflects');
    const description = '<b>denied</b>';
    const urlOf = (url: string): string => {
      const changed = new URL(url);
      changed.searchParams.set('error_description', description);
      changed.searchParams.set('error', 'OAUTH_UNHEARD_OF');
      return changed.href;
    };
    await main.authorize({ onCallback: async (url) => ({ urls: [urlOf(url)] }) });
    const page = history.of('visit').find(({ step }) => step === 'page');
    expect(page).toMatchObject({ status: 400, markup: ['error_description'] });
    await main.authorize();
    expect(history.of('visit').at(-1)!.markup).toBeUndefined();
  });

  test('a login whose callback the scenario keeps ends at once', async () => {
    const { main } = await begin(shape, '', { timeoutMs: 60_000 });
    const answer = await main.authorize({ onCallback: async () => ({ urls: [] }) });
    expect(answer).toMatchObject({ result: 'failed', redirected: true });
    expect(answer.delivered).toBeUndefined();
  });

  test('what a step of the scenario throws is not the client’s fault', async () => {
    const { main } = await begin(shape, '', { timeoutMs: 60_000 });
    const broken = new Error('the scenario is broken');
    await expect(main.authorize({ onOpen: () => Promise.reject(broken) })).rejects.toBe(broken);
    expect(history.of('verb-end')).toHaveLength(1);
  });

  test('variables are those of the contract', async () => {
    process.env['SF_CLIENT_SECRET'] = 'left over';
    process.env['SF_STATE_DIR'] = '/left/over';
    try {
      const { main } = await begin(shape, '', {}, { EXTRA: 'configured' });
      await main.status();
      await main.restart();
    } finally {
      delete process.env['SF_CLIENT_SECRET'];
      delete process.env['SF_STATE_DIR'];
    }
    const seen = environmentSeen();
    expect(seen).toMatchObject({
      SF_LOGIN_URL: server.loginUrl,
      SF_CLIENT_ID: 'client-of-the-test',
      SF_CLIENT_SECRET: null,
      SF_REDIRECT_URI: 'http://127.0.0.1:0/callback',
      SF_SCOPES: 'api refresh_token',
      EXTRA: 'configured',
    });
    const folder = seen['SF_STATE_DIR']!;
    expect(readdirSync(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await sessions.pop()!.end();
    expect(existsSync(folder)).toBe(false);
  });

  test('a confidential client gets its secret', async () => {
    const { env } = newHistory(server).context;
    const { main } = await begin(shape, '', { env: { ...env, SF_CLIENT_SECRET: 'its secret' } });
    await main.status();
    await main.restart();
    expect(environmentSeen()).toMatchObject({ SF_CLIENT_SECRET: 'its secret' });
  });

  test('the end takes the whole process group', async () => {
    const session = await begin(shape, separate ? 'grandchild,hangs-on-call' : 'grandchild', { timeoutMs: 2_000 });
    await (separate ? session.main.call() : session.main.status());
    await session.end();
    const line = history.lines().find((text) => text.startsWith('grandchild '));
    const pid = Number(line!.slice('grandchild '.length));
    expect(pid).toBeGreaterThan(1);
    await expect.poll(() => alive(pid), { timeout: 5_000 }).toBe(false);
    expect(history.of('process-end').every(({ expected }) => expected)).toBe(true);
  });

  test('a command that is not there is no finding but trouble', async () => {
    history = newHistory(server);
    const configs: Record<string, unknown> = {
      adapter: { type: 'adapter', command: ['no-such-program-of-ours'] },
      command: { type: 'command', authorize: [node], call: ['no-such-program-of-ours'] },
      http: {
        type: 'http',
        baseUrl: 'http://127.0.0.1:9',
        start: { command: ['no-such-program-of-ours'] },
        authorize: { path: '/' },
        call: { path: '/' },
      },
    };
    const schema = { adapter: adapterSchema, command: commandSchema, http: httpSchema }[shape as 'http'];
    const driver = createDriver(schema.parse(configs[shape]), place);
    await expect(driver.begin(history.context)).rejects.toMatchObject({ code: 'driver-command-missing', exit: 2 });
    expect(history.events).toEqual([]);
  });
});

describe.each(['adapter', 'command'])('%s, which has a listener of its own', (shape) => {
  test('refreshes', async () => {
    const { main } = await begin(shape);
    await main.authorize();
    expect(await main.refresh()).toMatchObject({ result: 'ok' });
    expect(await main.call()).toMatchObject({ result: 'ok' });
  });

  test.each(['refresh', 'status'])('a client without %s says so', async (verb) => {
    const { main } = await begin(shape, `no-${verb}`);
    expect(await main[verb as 'refresh']()).toEqual({ result: 'unsupported' });
  });

  test('a refused callback', async () => {
    const { main } = await begin(shape, 'refuses-callback', { timeoutMs: 60_000 });
    const answer = await main.authorize();
    expect(answer).toMatchObject({ result: 'failed', opened: true, redirected: true, delivered: false });
    expect(answer.undelivered).toContain('nobody listens at http://127.0.0.1:');
    expect(history.of('visit').map(({ step }) => step)).toEqual(['opened', 'lost']);
  });

  test('a listener that comes up after the URL', async () => {
    const { main } = await begin(shape, 'late-listener');
    expect(await main.authorize()).toMatchObject({ result: 'ok', delivered: true });
  });

  test('a page of thanks elsewhere is not visited', async () => {
    const { main } = await begin(shape, 'leads-elsewhere');
    expect(await main.authorize()).toMatchObject({ result: 'ok', delivered: true });
    expect(history.of('visit').at(-1)).toMatchObject({ step: 'page', url: 'https://example.invalid/thanks' });
  });

  test('another process shares the state folder', async () => {
    const session = await begin(shape);
    await session.main.authorize();
    const second = await session.spawn();
    expect(second!.id).not.toBe(session.main.id);
    expect(second!.user).toBe(session.main.user);
    expect(await second!.call()).toMatchObject({ result: 'ok' });
    await second!.end();
  });
});
