/** The pre-flight with a person as the client's hands: what they are asked to do, and what it reports of what they did. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signIn } from '../../test-kit/login.ts';
import { startClient, type ReferenceClient } from '../serve/fixtures/live.ts';
import type { Diagnosis } from './doctor.ts';
import { resolveConfig } from '../config/resolve.ts';

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const slowMs = 180_000;
let dir: string;
let child: ChildProcessWithoutNullStreams;
let said: string;
let out: string;
let client: ReferenceClient | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sf-doctor-manual-'));
  writeFileSync(join(dir, 'conformance.config.json'), '{"driver":{"type":"manual"},"run":{"quietMs":50}}');
  said = '';
  out = '';
  child = spawn(process.execPath, [main, 'doctor', '--json'], { cwd: dir, timeout: slowMs });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
});
afterEach(async () => {
  if (child.exitCode === null) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  await client?.end();
  client = undefined;
  rmSync(dir, { recursive: true });
});

/** What a person does on an instruction; a key is typed. */
type Hands = (instruction: string) => string | Promise<unknown>;

/** Follows the instructions until the command has ended. */
async function follow(hands: Hands): Promise<void> {
  for (let seen = 1; ; seen += 1) {
    const asked = (): string | undefined => said.split('▶')[seen];
    await expect.poll(() => asked() !== undefined || child.exitCode !== null).toBe(true);
    const instruction = asked();
    if (instruction === undefined) return;
    const key = await hands(instruction);
    if (typeof key === 'string') child.stdin.write(key);
  }
}

/** The client of a person who types what the terminal says. */
function followingSheet(): ReferenceClient {
  const value = (name: string): string => new RegExp(`^ +${name} +(\\S+)`, 'mu').exec(said)?.[1] ?? '';
  expect(said.indexOf('SF_LOGIN_URL')).toBeLessThan(said.indexOf('Log in with your client'));
  const app = { clientId: value('SF_CLIENT_ID'), redirectUris: [value('SF_REDIRECT_URI')] };
  const config = resolveConfig({ app }, { dir, cwd: dir, env: {} });
  client = startClient({ loginUrl: value('SF_LOGIN_URL'), config });
  return client;
}

async function diagnosis(): Promise<{ code: unknown; steps: Record<string, string>; words: string }> {
  if (child.exitCode === null) await once(child, 'close');
  const { steps } = JSON.parse(out) as Diagnosis;
  const words = steps.find(({ state }) => state === 'not ok');
  return {
    code: child.exitCode,
    steps: Object.fromEntries(steps.map(({ id, state }) => [id, state])),
    words: `${words?.id ?? ''}: ${words?.seen ?? ''} ${words?.todo ?? ''}`,
  };
}

it('is shown what to type, and every step of a client that works is ok', { timeout: slowMs }, async () => {
  await follow((instruction) => {
    if (!instruction.includes('Log in')) return client?.call() ?? 'f';
    return followingSheet().authorize(signIn);
  });
  const { code, steps } = await diagnosis();
  expect(new Set(Object.values(steps))).toEqual(new Set(['ok']));
  expect(code).toBe(0);
});

it('a login that was left out is no fault of the client', { timeout: slowMs }, async () => {
  await follow(() => 's');
  const { code, steps, words } = await diagnosis();
  expect(steps).toMatchObject({ client: 'ok', 'authorization-url': 'not ok', 'sign-in': 'not reached' });
  expect(words).toMatch(/^authorization-url: No login was made: the person left it out.*Type the login URL/);
  expect(code).toBe(2);
});

it('done, says the person, but nothing arrived', { timeout: slowMs }, async () => {
  await follow(() => 'd');
  const { steps, words } = await diagnosis();
  expect(steps).toMatchObject({ 'authorization-url': 'not ok' });
  expect(words).toContain('never opened the authorization URL although it says that the login is done');
});

it('a call that was left out', { timeout: slowMs }, async () => {
  await follow((instruction) => (instruction.includes('Log in') ? followingSheet().authorize(signIn) : 's'));
  const { steps, words } = await diagnosis();
  expect(steps).toMatchObject({ exchange: 'ok', call: 'not ok' });
  expect(words).toContain('No call was made: the person left it out');
});

it('a login that its user denied was not lost on its way', { timeout: slowMs }, async () => {
  await follow(async () => {
    await followingSheet().authorize((url) => signIn(url, 'deny'));
    child.stdin.write('f');
  });
  const { code, steps, words } = await diagnosis();
  expect(steps).toMatchObject({ 'sign-in': 'ok', callback: 'not ok' });
  expect(words).toMatch(/^callback: The login came back to the client with access_denied.*Allow the access/);
  expect(code).toBe(2);
});
