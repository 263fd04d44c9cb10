import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { commandSchema } from './config.ts';
import { createDriver } from './create.ts';
import type { ClientSession } from './driver.ts';
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

async function begin(program: readonly string[], more: object = {}): Promise<ClientSession> {
  history = newHistory(server);
  const action = (name: string): string[] => [...program, name];
  const config = commandSchema.parse({ type: 'command', authorize: action('login'), call: action('call'), ...more });
  const driver = createDriver(config, { configDir: `${import.meta.dirname}/fixtures` });
  session = await driver.begin(history.context);
  return session;
}

const javascript = [process.execPath, 'command-client.mjs'];
const python = ['python3', 'command_client.py'];
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('a client in Python that opens a browser', () => {
  test('logs in through $BROWSER, and does all the rest', async () => {
    const status = [...python, 'status'];
    const { main } = await begin(python, { status, disconnect: [...python, 'disconnect'] });
    expect(await main.authorize()).toMatchObject({ result: 'ok', opened: true, delivered: true });
    expect(await main.call()).toEqual({ result: 'ok' });
    expect(await main.status()).toEqual({ result: 'ok', connected: true });
    expect(await main.disconnect()).toEqual({ result: 'ok' });
    expect(await main.status()).toMatchObject({ result: 'ok', connected: false });
    expect(await main.call()).toMatchObject({ result: 'failed', error: 'not connected' });
  });

  test('gets an error of the mock', async () => {
    server.answer = 'error';
    const { main } = await begin(python);
    expect(await main.authorize()).toMatchObject({ result: 'failed', delivered: true, error: 'access_denied' });
  });
});

test('a URL that is printed as a prompt, without a line break', async () => {
  const { main } = await begin(javascript, { env: { FIXTURE: 'prompt' } });
  expect(await main.authorize()).toMatchObject({ result: 'ok' });
});

test('actions that are not configured are not supported', async () => {
  const { main } = await begin(javascript);
  expect(await main.refresh()).toEqual({ result: 'unsupported' });
  expect(await main.status()).toEqual({ result: 'unsupported' });
  expect(await main.disconnect()).toEqual({ result: 'unsupported' });
  expect(history.of('process-begin')).toEqual([]);
});

test('k calls are k processes', async () => {
  const { main } = await begin(javascript);
  await main.authorize();
  await Promise.all([main.call(), main.call(), main.call()]);
  const processes = history.of('process-begin').map(({ process }) => process);
  expect(new Set(processes).size).toBe(4);
  const asked = history.of('verb-begin').map(({ process }) => process);
  expect(new Set(asked)).toEqual(new Set(processes));
});

test('a command that has just been asked for ends with its session', async () => {
  history = newHistory(server);
  const command = ['sh', '-c', 'sleep 60'];
  const config = commandSchema.parse({ type: 'command', authorize: command, call: command });
  session = await createDriver(config, { configDir: import.meta.dirname }).begin(history.context);
  const call = session.main.call();
  await session.end();
  expect(history.of('process-end')).toMatchObject([{ signal: 'SIGTERM', expected: true }]);
  expect(await call).not.toMatchObject({ result: 'ok' });
});

test('a command that does not leave on SIGTERM is killed', async () => {
  history = newHistory(server);
  const folder = mkdtempSync(join(tmpdir(), 'stays-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const MARK = join(folder, 'mark');
  const command = ['sh', '-c', 'trap "" TERM; : >"$MARK"; while :; do sleep 0.1; done'];
  const config = commandSchema.parse({ type: 'command', authorize: command, call: command, env: { MARK } });
  session = await createDriver(config, { configDir: import.meta.dirname }).begin(history.context);
  const call = session.main.call();
  // Before that it would leave.
  await expect.poll(() => existsSync(MARK)).toBe(true);
  await session.end();
  expect(await call).not.toMatchObject({ result: 'ok' });
  expect(history.of('process-end')).toMatchObject([{ signal: 'SIGKILL', expected: true }]);
});

test.runIf(process.platform === 'linux')(
  'a process outside its group keeps a client from being gone, until it ends',
  async () => {
    history = newHistory(server);
    const folder = mkdtempSync(join(tmpdir(), 'outlives-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const PID = join(folder, 'pid');
    const outside = `setsid sh -c 'echo $$ >"$PID"; exec sleep 600' >/dev/null 2>&1 &`;
    const leaves = ['sh', '-c', `${outside} while [ ! -s "$PID" ]; do sleep 0.05; done`];
    const config = commandSchema.parse({
      type: 'command',
      authorize: ['true'],
      call: leaves,
      refresh: ['true'],
      env: { PID },
    });
    session = await createDriver(config, { configDir: import.meta.dirname }).begin(history.context);
    expect(session.isGone?.()).toBe(true);
    await session.main.refresh();
    expect(session.isGone?.()).toBe(true);
    await session.main.call();
    expect(session.isGone?.()).toBe(false);
    process.kill(-Number(readFileSync(PID, 'utf8')), 'SIGKILL');
    await expect.poll(() => session?.isGone?.()).toBe(true);
  },
);
