/** `serve --headless`: its one line, its ends, and the control port through a client that is generated from the published description. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateControlClient } from '../../test-kit/control-client.ts';
import { startHeadless, type Headless } from '../../test-kit/headless.ts';
import { createClient, type ClientFaults } from '../library/fixtures/client.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sf-headless-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the process', () => {
  test('prints one line when it is ready, and ends with its input', async () => {
    const { child, ended, ...line } = await startHeadless(dir);
    expect(line).toEqual({
      loginUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      clientId: expect.stringMatching(/^3MVG9/),
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^[\w-]{20,}$/),
    });
    child.stdin?.end();
    const { code, lines } = await ended;
    expect({ code, lines: lines.length }).toEqual({ code: 2, lines: 1 });
  });

  test('ends with a signal and writes the reports; a confidential app has its secret in the line', async () => {
    await writeFile(join(dir, 'own.json'), JSON.stringify({ app: { client: 'confidential' } }));
    const { child, ended, clientSecret } = await startHeadless(dir, ['-c', 'own.json', '--out', 'out']);
    expect(clientSecret).toMatch(/^[0-9A-F]{64}$/i);
    child.kill('SIGTERM');
    expect((await ended).lines).toHaveLength(1);
    expect(await readFile(join(dir, 'out/latest/report.json'), 'utf8')).toContain('inconclusive');
  });

  test('starts over on request: a new run at the same addresses, with the same token, and no second line', async () => {
    const { child, ended, controlUrl, token, loginUrl } = await startHeadless(dir, ['--out', 'out']);
    const ask = (path: string, method = 'GET'): Promise<Response> =>
      fetch(new URL(path, controlUrl), { method, headers: { authorization: `Bearer ${token}` } });
    const folder = async (): Promise<string | undefined> =>
      ask('/view').then(
        async (answer) => ((await answer.json()) as { folder?: string }).folder,
        () => undefined,
      );
    const first = await folder();
    expect(first).toBeDefined();
    expect((await ask('/start-over', 'POST')).status).toBe(200);
    await expect.poll(async () => [undefined, first].includes(await folder()), { interval: 50 }).toBe(false);
    expect((await fetch(`${loginUrl}/.well-known/openid-configuration`)).status).toBe(200);
    expect(await readFile(join(first ?? '', 'report.json'), 'utf8')).toContain('"verdict"');
    child.stdin?.end();
    expect((await ended).lines).toHaveLength(1);
  });

  test('--headless alone ignores its input', async () => {
    const child = spawn(process.execPath, [main, 'serve', '--headless'], { cwd: dir, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, { interval: 20 }).toContain('SF_LOGIN_URL');
    child.stdin.end();
    await once(child.stdin, 'close');
    const loginUrl = /SF_LOGIN_URL +(\S+)/u.exec(said)?.[1] ?? '';
    expect((await fetch(`${loginUrl}/.well-known/openid-configuration`)).status).toBe(200);
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(said).toContain('SIGTERM');
  });
});

describe('the control port', () => {
  let headless: Headless;
  const called = new Set<string>();
  let generated: Awaited<ReturnType<typeof generateControlClient>>;
  let control: ReturnType<typeof generated.at>;
  beforeAll(async () => {
    generated = await generateControlClient();
  });
  afterAll(() => rm(generated.folder, { recursive: true, force: true }));
  beforeEach(async () => {
    headless = await startHeadless(dir);
    const client = generated.at(headless);
    control = (id, body) => {
      called.add(id);
      return client(id, body);
    };
  });
  afterEach(async () => {
    headless.child.stdin?.end();
    await headless.ended;
  });

  async function connected(faults: ClientFaults = {}) {
    const client = createClient((await control('env')) as Record<string, string>, faults);
    const { callback } = await control('signIn', { url: client.authorizationUrl().href });
    await client.finishLogin(new URL(String(callback)));
    return client;
  }
  const verdicts = async (...ids: string[]) => {
    const { findings } = await control('grade', { ids });
    return (findings as { id: string; verdict: string }[]).map(({ id, verdict }) => `${id} ${verdict}`);
  };
  const count = async (filter: object): Promise<number> => {
    const { exchanges } = await control('exchanges', filter);
    return (exchanges as unknown[]).length;
  };

  test('grades a right client and one that drops the new refresh token as the library does', async () => {
    const right = await connected();
    for (let cycle = 0; cycle < 2; cycle += 1) {
      await control('expireSessions');
      expect(await right.call()).toBe(200);
    }
    expect(await verdicts('RTR-02', 'PKCE-02', 'RACE-01')).toEqual([
      ...['RTR-02 pass', 'PKCE-02 pass', 'RACE-01 inconclusive'],
    ]);
    await control('reset');
    expect(await count({})).toBe(0);
    const wrong = await connected({ dropsNewToken: true });
    for (let cycle = 0; cycle < 2; cycle += 1) {
      await control('expireSessions');
      await wrong.call().catch(() => undefined);
    }
    expect(await verdicts('RTR-02')).toEqual(['RTR-02 fail']);
    expect(await count({ grantType: 'refresh_token', status: 400 })).toBe(1);
  });

  test('makes calls race: one refresh passes, one in each call fails', async () => {
    for (const [faults, verdict, refreshes] of [
      [{}, 'pass', 1],
      [{ refreshesPerCall: true }, 'fail', 3],
    ] as const) {
      const client = await connected(faults);
      await control('race', { calls: 3, order: [2, 0, 1] });
      await expect(control('race', { calls: 1 })).rejects.toThrow(/race-open/);
      const calls = await Promise.allSettled([client.call(), client.call(), client.call()]);
      const results = calls.map(({ status }) => (status === 'fulfilled' ? 'ok' : 'failed'));
      const ended = await control('endRace', { results });
      expect(ended['refreshes']).toHaveLength(refreshes);
      expect(ended['order']).toEqual(refreshes === 1 ? [0] : [2, 0, 1]);
      expect(await verdicts('RACE-01')).toEqual([`RACE-01 ${verdict}`]);
      await control('reset');
    }
    await expect(control('endRace')).rejects.toThrow(/no-race/);
  });

  test('does to a connection what Salesforce, a user, time and the network do', async () => {
    const client = await connected();
    const refresh = async (): Promise<unknown> => {
      await control('expireSessions');
      return client.call().catch((error: unknown) => String(error));
    };
    await control('fail', { fault: 'service-unavailable', times: 1 });
    expect(await refresh()).toContain('503');
    const { gate } = await control('hold', { point: 'resource-answer', limit: 1 });
    const held = client.call();
    await expect
      .poll(async () => (await control('getState'))['gates'], { interval: 10 })
      .toEqual([{ id: gate, held: 1 }]);
    expect(await control('openGate', { gate })).toEqual({ opened: [gate] });
    expect(await held).toBe(200);
    await control('setUserStatus', { standing: 'login-hours', user: 'U1' });
    expect(await refresh()).toContain('400');
    await control('setUserStatus', { standing: 'good' });
    await control('advance', { ms: 7_200_000 });
    expect(await client.call()).toBe(200);
    await control('refuseConnections', { on: true });
    expect(await refresh()).toContain('fetch failed');
    await control('refuseConnections', { on: false });
    await control('setMode', { mode: 'observing' });
    await control('rejectRefreshTokens', { reason: 'admin' });
    expect(await refresh()).toContain('400 invalid_grant');
    const second = await connected();
    await control('revokeFamily');
    await expect(second.call()).rejects.toThrow('400 invalid_grant');
    await control('age', { ms: 1 });
    await control('changeApp', { pkce: true });
    await control('stageSecret', { valid: 'both' });
    await control('rotateSecret', { secret: 'another' });
    for (const [id, body] of [
      ['fail', { fault: 'no-such-fault' }],
      ['advance', { ms: -1 }],
      ['signIn', { uri: 'x' }],
    ] as const) {
      await expect(control(id, body)).rejects.toThrow(id);
    }
    await expect(control('signIn', { url: 'https://login.salesforce.com/' })).rejects.toThrow(/sign-in-url/);
    await expect(control('grade', { ids: ['RTR-99'] })).rejects.toThrow(/unknown-check/);
  });

  test('streams the history from its first event on', async () => {
    for await (const event of await generated.events(headless)) {
      expect(event).toMatchObject({ seq: expect.any(Number) as number, kind: 'run-begin' });
      break;
    }
    called.add('events');
  });

  test('every operation of the description was called', () => {
    expect([...called].toSorted()).toEqual(generated.operations.toSorted());
  });
});
