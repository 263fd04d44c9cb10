/** Processes, through each driver: what they find, how they end, what they leave behind. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { adapterSchema, commandSchema, httpSchema } from './config.ts';
import { createDriver } from './create.ts';
import { newHistory } from './fixtures/recorder.ts';
import { openStand, place, shapes, type Stand } from './fixtures/stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stand.close();
});

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

// A browser's processes are looked at in browser.test.ts: there a tab is what a process is here.
describe.each(Object.keys(shapes).filter((shape) => shape !== 'browser'))('%s', (shape) => {
  const separate = shape === 'command';

  test.each([false, true])('a restart keeps the state folder (kill: %s)', async (kill) => {
    const { main } = await stand.begin(shape);
    await main.authorize();
    expect(await main.restart({ kill })).toMatchObject({ result: 'ok' });
    expect(await main.call()).toMatchObject({ result: 'ok' });
    if (!separate) {
      expect(stand.history.of('process-begin')).toHaveLength(2);
      expect(stand.history.of('process-end')).toMatchObject([
        { expected: true, ...(kill ? { signal: 'SIGKILL' } : {}) },
      ]);
    }
  });

  test('a slow starter', async () => {
    const { main } = await stand.begin(shape, 'slow');
    expect(await main.authorize()).toMatchObject({ result: 'ok' });
  });

  test('death in the middle of an action', async () => {
    const session = await stand.begin(shape, 'dies-on-call');
    expect(await session.main.call()).toMatchObject({ result: 'died' });
    expect(stand.history.of('process-end')).toMatchObject([{ expected: false, signal: 'SIGKILL', code: null }]);
    if (shape !== 'http') {
      const output = stand.history.of('output').find(({ leaked }) => leaked.length > 0);
      expect(output).toMatchObject({ stream: 'stderr', leaked: ['SECRET'] });
    }
    expect(JSON.stringify(stand.history.events)).not.toContain('top-secret-value');
    if (!separate) expect(await session.main.call()).toMatchObject({ result: 'died' });
    expect(await session.main.restart()).toMatchObject({ result: 'ok' });
    expect(await session.main.status()).toMatchObject({ result: 'ok' });
  });

  test.each([false, true])('what is open when the harness ends the client is interrupted (kill: %s)', async (kill) => {
    const session = await stand.begin(shape, 'hangs-on-call');
    const { main } = session;
    const cut = main.call();
    await expect.poll(() => stand.history.lines().length + stand.history.of('process-begin').length).toBeGreaterThan(0);
    await main.restart({ kill });
    expect(await cut).toMatchObject({ result: 'interrupted' });
    const last = main.call();
    await session.end();
    expect(await last).toMatchObject({ result: 'interrupted' });
    expect(stand.history.of('verb-end').map(({ name, result }) => [name, result])).toEqual([
      ['call', 'interrupted'],
      ['restart', 'ok'],
      ['call', 'interrupted'],
    ]);
  });

  test('an action that hangs times out, and the client goes on', async () => {
    const { main } = await stand.begin(shape, 'hangs-on-call');
    const { waitMs } = stand.history;
    stand.history.waitMs = 500;
    expect(await main.call()).toMatchObject({ result: 'timed-out' });
    stand.history.waitMs = waitMs;
    expect(await main.status()).toMatchObject({ result: 'ok' });
  });

  test('variables are those of the contract', async () => {
    vi.stubEnv('SF_CLIENT_SECRET', 'left over');
    vi.stubEnv('SF_STATE_DIR', '/left/over');
    const session = await stand.begin(shape, '', {}, { EXTRA: 'configured' });
    await session.main.status();
    await session.main.restart();
    const seen = stand.environmentSeen();
    expect(seen).toMatchObject({
      SF_LOGIN_URL: stand.server.loginUrl,
      SF_CLIENT_ID: 'client-of-the-test',
      SF_CLIENT_SECRET: null,
      SF_REDIRECT_URI: 'http://127.0.0.1:0/callback',
      SF_SCOPES: 'api refresh_token',
      EXTRA: 'configured',
    });
    const folder = seen['SF_STATE_DIR']!;
    expect(readdirSync(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await session.end();
    expect(existsSync(folder)).toBe(false);
  });

  test('what is the harness’s own is not inherited, and secrets of the client’s environment are hidden', async () => {
    vi.stubEnv('SF_CONFORMANCE_SIGNING_KEY', '/keys/of/the-harness.pem');
    vi.stubEnv('BOARD_TOKEN', 'token-of-the-dashboard');
    vi.stubEnv('THEIR_API_KEY', 'inherited-k3y');
    const env = { PASSPHRASE: 'correct horse battery' };
    const session = await stand.begin(shape, 'prints-environment', {}, env, ['BOARD_TOKEN']);
    await session.main.status();
    await session.main.restart();
    const printed = stand.history.lines().join('\n');
    expect(printed).toContain('SF_CONFORMANCE_SIGNING_KEY=undefined BOARD_TOKEN=undefined');
    expect(printed).toContain('THEIR_API_KEY=$THEIR_API_KEY PASSPHRASE=$PASSPHRASE');
    expect(stand.history.of('output').flatMap(({ leaked }) => leaked)).toEqual([]);
  });

  test('texts of the harness itself are left alone', async () => {
    const { main } = await stand.begin(shape, 'hangs-on-call', {}, { WORDS: 'no answer within' });
    stand.history.waitMs = 500;
    expect(await main.call()).toMatchObject({ result: 'timed-out', error: 'no answer within 500 ms' });
  });

  test('a confidential client gets its secret', async () => {
    const { env } = newHistory(stand.server).context;
    const { main } = await stand.begin(shape, '', { env: { ...env, SF_CLIENT_SECRET: 'its secret' } });
    await main.status();
    await main.restart();
    expect(stand.environmentSeen()).toMatchObject({ SF_CLIENT_SECRET: 'its secret' });
  });

  test('the end takes the whole process group', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'grandchild-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const MARK = join(folder, 'mark');
    const session = await stand.begin(shape, separate ? 'grandchild,hangs-on-call' : 'grandchild', {}, { MARK });
    const asked = separate ? session.main.call() : session.main.status();
    await expect.poll(() => existsSync(MARK)).toBe(true);
    await session.end();
    await asked;
    const line = stand.history.lines().find((text) => text.startsWith('grandchild '));
    const pid = Number(line!.slice('grandchild '.length));
    expect(pid).toBeGreaterThan(1);
    await expect.poll(() => alive(pid)).toBe(false);
    expect(stand.history.of('process-end').every(({ expected }) => expected)).toBe(true);
  });

  test.runIf(process.platform === 'linux')(
    'what it started in a session of its own outlives a restart, and not the scenario',
    async () => {
      const session = await stand.begin(shape, 'grandchild,detached');
      await session.main.status();
      const grandchild = (): number => {
        const line = stand.history.lines().find((text) => text.startsWith('grandchild '));
        return Number(line!.slice('grandchild '.length));
      };
      await session.main.restart();
      expect(alive(grandchild())).toBe(true);
      await session.end();
      await expect.poll(() => alive(grandchild())).toBe(false);
      expect(stand.history.of('note')).toMatchObject([{ text: expect.stringContaining('outside its process group') }]);
    },
  );

  test('a command that is not there is no finding but trouble', async () => {
    const history = newHistory(stand.server);
    const configs: Record<string, unknown> = {
      adapter: { type: 'adapter', command: ['no-such-program-of-ours'] },
      command: { type: 'command', authorize: [process.execPath], call: ['no-such-program-of-ours'] },
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
    await expect(driver.begin(history.context)).rejects.toMatchObject({
      code: 'driver-command-missing',
      exit: 2,
    });
    // Only the look into the state folder, which is empty.
    expect(history.events.filter(({ kind }) => kind !== 'state')).toEqual([]);
  });
});
