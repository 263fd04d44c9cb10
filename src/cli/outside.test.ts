import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';

let workspace: Workspace;
let server: Server;
let loginUrl: string;
const asked: string[] = [];

/** An org that wants PKCE: it refuses an authorization request without S256, and every made-up code. */
beforeAll(async () => {
  workspace = await openWorkspace();
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const url = new URL(request.url ?? '/', 'http://x');
    if (url.pathname.endsWith('/token')) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return;
    }
    const fine = url.searchParams.get('code_challenge_method') === 'S256';
    const error = `${url.searchParams.get('redirect_uri') ?? ''}?error=invalid_request&error_description=missing%20required%20code%20challenge`;
    response.writeHead(302, { location: fine ? '/login' : error }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [name, on] of [
    ['good', true],
    ['bad', false],
  ] as const) {
    await mkdir(join(workspace.dir, name, 'connectedApps'), { recursive: true });
    await writeFile(join(workspace.dir, name, 'connectedApps/Acme.connectedApp-meta.xml'), connectedApp(on));
  }
  await mkdir(join(workspace.dir, 'none'));
});
afterAll(async () => {
  server.close();
  await workspace.clear();
});

function connectedApp(on: boolean): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
  <contactEmail>a@example.com</contactEmail>
  <label>Acme</label>
  <oauthConfig>
    <callbackUrl>http://127.0.0.1/callback</callbackUrl>
    <isPkceRequired>${String(on)}</isPkceRequired>
    <isRefreshTokenRotationEnabled>${String(on)}</isRefreshTokenRotationEnabled>
    <scopes>Api</scopes>
    <scopes>RefreshToken</scopes>
  </oauthConfig>
</ConnectedApp>
`;
}

describe('check-settings', { timeout: 180_000 }, () => {
  it('ends as the settings are', async () => {
    expect(await workspace.command(['check-settings', 'good'])).toMatchObject({ code: 0, err: '' });
    const bad = await workspace.command(['check-settings', 'bad', '--format', 'json']);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({ verdict: 'non-compliant' });
    const none = await workspace.command(['check-settings', 'none']);
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('There is no Connected App');
  });

  it('writes SARIF, and refuses what contradicts itself', async () => {
    const { code, out } = await workspace.command(['check-settings', 'bad', '--format', 'sarif']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ version: '2.1.0' });
    expect(await workspace.command(['check-settings', 'bad', '--format', 'sarif', '--json'])).toMatchObject({
      code: 2,
    });
    expect(await workspace.command(['check-settings', 'bad', '--since', 'HEAD', '--baseline', 'x'])).toMatchObject({
      code: 2,
    });
  });

  it('compares with the client of a configuration, and takes its attestations', async () => {
    const config = await workspace.config('with-people', {
      driver: proofClient('reference'),
      app: { kind: 'connected-app', scopes: ['api', 'refresh_token', 'full'] },
      attestations: {
        'SF-INCIDENT-REPORTING': { by: 'CISO', at: '2026-01-01', proof: 'runbook', until: '2099-01-01' },
      },
    });
    const { out } = await workspace.command(['check-settings', 'good', '-c', config, '--json']);
    const { requirements, settings } = JSON.parse(out);
    expect(settings.client).toMatchObject({ scopes: ['api', 'refresh_token', 'full'] });
    expect(requirements.find(({ id }: { id: string }) => id === 'SF-INCIDENT-REPORTING')).toMatchObject({
      verdict: 'attested',
    });
  });
});

describe('probe', { timeout: 180_000 }, () => {
  const target = (): readonly string[] => ['probe', '--login-url', loginUrl, '--client-id', '3MVG9abc'];

  it('sends nothing before the user has agreed', async () => {
    const { code, out, err } = await workspace.command(target());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`This will send 5 requests to ${loginUrl} and to no other host:`);
    expect(err).toContain('--yes');
    expect(asked).toEqual([]);
  });

  it('says what it sends, sends it, and concludes', async () => {
    const { code, out, err } = await workspace.command([
      ...target(),
      '--yes',
      '--redirect-uri',
      'https://app.example/cb',
      '--json',
    ]);
    expect(err).toContain('This will send 5 requests');
    expect(asked).toHaveLength(5);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      exit: 0,
      conclusions: expect.arrayContaining([expect.objectContaining({ question: 'no-challenge', result: 'refused' })]),
    });
  });

  it('needs to know what to ask', async () => {
    const { code, err } = await workspace.command(['probe', '--yes']);
    expect(code).toBe(2);
    expect(err).toContain('The probe command needs --login-url.');
  });
});

describe('run --replay', { timeout: 180_000 }, () => {
  it('runs one race and nothing else', async () => {
    await writeFile(join(workspace.dir, 'schedule.json'), '{"contenders":2,"commit":[1,0],"answer":[1,0]}');
    const config = await workspace.config('naive', { app: { name: 'naive' }, driver: proofClient('naive') });
    const { code, out } = await workspace.command([
      ...['run', '-c', config, '--replay', 'schedule.json'],
      ...['--json', '--quiet', '--format', 'json'],
    ]);
    expect(code).toBe(1);
    const { scenarios } = JSON.parse(out) as { scenarios: { id: string; schedules?: unknown }[] };
    expect(scenarios.map(({ id }) => id)).toEqual(['strict', 'commit-order']);
    expect(scenarios[1]?.schedules).toMatchObject({ explored: 1, violating: 1 });
  });
});

describe('--print-config', { timeout: 180_000 }, () => {
  it.each(['run', 'doctor'])('of %s prints what would be used, and does nothing', async (name) => {
    const app = { client: 'confidential', clientSecret: 'do-not-print-me' };
    const config = await workspace.config('secret', { app, driver: { type: 'adapter', command: ['no-such-program'] } });
    const { code, out, err } = await workspace.command([name, '-c', config, '--timeout', '77', '--print-config']);
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('do-not-print-me');
    expect(JSON.parse(out)).toMatchObject({
      config: { run: { timeoutMs: 77 }, app: { clientSecret: '(hidden)' } },
      from: { 'run.timeoutMs': 'flag --timeout', 'app.client': 'file', 'mock.port': 'default' },
    });
  });
});

describe('--watch', () => {
  it('is for people', async () => {
    const { code, err } = await workspace.command(['run', '--watch']);
    expect(code).toBe(2);
    expect(err).toContain('--watch needs a terminal.');
  });
});
