import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, proofClient, type Workspace, type Ended } from '../../test-kit/command-line.ts';

let workspace: Workspace;
let taken: Server;
let port: number;
beforeAll(async () => {
  workspace = await openWorkspace();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = (taken.address() as AddressInfo).port;
  await workspace.config('good', { driver: proofClient('reference') });
});
afterAll(async () => {
  taken.close();
  await workspace.clear();
});

const quick = { app: { name: 'Small client' } };

/** Wrong input: exit 2, nothing on standard output, what happened and what to do on standard error, and no stack trace. */
function expectRefusal({ code, out, err }: Ended, what: RegExp, todo: RegExp): void {
  expect(err).toMatch(what);
  expect(err).toMatch(todo);
  expect(err).toMatch(/^error: /u);
  expect(err).not.toMatch(/\n +at /u);
  expect([code, out]).toEqual([2, '']);
}

describe('before the client is started', { timeout: 180_000 }, () => {
  it('no configuration', async () => {
    expectRefusal(await workspace.command(['run']), /There is no configuration in /u, /sf-conformance init/u);
  });

  it('an unknown key', async () => {
    const name = await workspace.config('key', { app: { clientt: 'public' } });
    expectRefusal(
      await workspace.command(['run', '-c', name]),
      /unknown key "app\.clientt"; the nearest known one is "app\.client"/u,
      /Fix the configuration/u,
    );
  });

  it('a command that is not there', async () => {
    const name = await workspace.config('gone', { driver: { type: 'adapter', command: ['no-such-program'] } });
    expectRefusal(
      await workspace.command(['run', '-c', name, '--quiet']),
      /The driver's command no-such-program was not found in PATH/u,
      /correct the command in `driver`/u,
    );
  });

  it('a port in use', async () => {
    const name = await workspace.config('port', { driver: proofClient('reference'), mock: { port } });
    expectRefusal(
      await workspace.command(['run', '-c', name, '--quiet']),
      new RegExp(`\\b${port}\\b`, 'u'),
      /mock\.port|another port/u,
    );
  });

  it('a suite that is not there', async () => {
    expectRefusal(
      await workspace.command(['run', '-c', 'good.json', '--suite', 'pkcee']),
      /There is no suite "pkcee"\. Did you mean "pkce"\?/u,
      /Known: pkce, /u,
    );
  });

  it('a pattern that matches nothing', async () => {
    expectRefusal(
      await workspace.command(['run', '-c', 'good.json', '--grep', '^NOPE-1$']),
      /No check or scenario matches --grep/u,
      /list/u,
    );
  });

  it('a baseline that names no check', async () => {
    await writeFile(join(workspace.dir, 'known.json'), '[{"id":"PKCE-99","reason":"later"}]');
    const name = await workspace.config('baseline', { driver: proofClient('reference'), baseline: 'known.json' });
    expectRefusal(await workspace.command(['run', '-c', name]), /PKCE-99/u, /\n.+/u);
  });

  it('a schedule that is none', async () => {
    await writeFile(join(workspace.dir, 'schedule.json'), '{"contenders":2,"commit":[0,0],"answer":[0,1]}');
    expectRefusal(
      await workspace.command(['run', '-c', 'good.json', '--replay', 'schedule.json']),
      /schedule\.json holds no schedule/u,
      /the folder `schedules`/u,
    );
    expectRefusal(
      await workspace.command(['run', '-c', 'good.json', '--replay', 'schedule.json', '--suite', 'pkce']),
      /--replay runs one race and goes without --suite/u,
      /Leave out --suite/u,
    );
  });
});

describe('in pre-flight', { timeout: 180_000 }, () => {
  const judge = (name: string, ...more: readonly string[]): Promise<Ended> =>
    workspace.command(['run', '-c', name, '--quiet', '--suite', 'pkce', ...more]);
  /** Only for what never comes. */
  const hurried = ['--timeout', '1500'];

  it('a client that never opens the authorization URL', async () => {
    const name = await workspace.client('silent', 'for (;;) await next();', quick);
    expectRefusal(
      await judge(name, ...hurried),
      /never opened the authorization URL within 1500 ms/u,
      /hand over the URL as its driver asks/u,
    );
  });

  it('a client that does not listen on its redirect URI', async () => {
    const name = await workspace.client(
      'deaf',
      "await next(); say({ event: 'open', url: url('http://127.0.0.1:9/callback') }); await next();",
      quick,
    );
    expectRefusal(await judge(name), /The callback could not be delivered: /u, /listen on the redirect URI/u);
  });

  it('a client whose redirect URI is another than the configuration says', async () => {
    const name = await workspace.client(
      'astray',
      "await next(); say({ event: 'open', url: url('https://app.example/elsewhere') }); await next();",
      quick,
    );
    expectRefusal(
      await judge(name),
      /The client asked to be sent back to https:\/\/app\.example\/elsewhere/u,
      /app\.redirectUris/u,
    );
  });

  it('a client that dies before its first token request', async () => {
    const name = await workspace.client(
      'mortal',
      "await next(); console.error('no key file'); process.exit(3);",
      quick,
    );
    expectRefusal(
      await judge(name),
      /The client died before its first token request\.\nThe client said:\n {4}no key file\n/u,
      /Start it by hand/u,
    );
  });

  it('a client that gives no valid answer', async () => {
    const name = await workspace.client(
      'babbling',
      'for (;;) { await next(); process.stdout.write(\'ok\\n[1]\\n{"id":99}\\n\'); }',
      quick,
    );
    expectRefusal(await judge(name, ...hurried), /never opened the authorization URL/u, /adapter: \{"event":"open"/u);
  });
});

describe('after the first token request', { timeout: 180_000 }, () => {
  it('a client that dies is judged', async () => {
    const name = await workspace.client('late', DIES_AFTER_ITS_TOKEN_REQUEST, quick);
    const { code, out, err } = await workspace.command([
      'run',
      '-c',
      name,
      '--suite',
      'pkce',
      '--json',
      '--quiet',
      '--out',
      'late-run',
    ]);
    expect([1, 3]).toContain(code);
    expect(err).not.toMatch(/\n +at /u);
    const report = JSON.parse(out) as { scenarios: { id: string; outcome: string }[] };
    expect(report.scenarios.find(({ id }) => id === 'strict')).toMatchObject({ outcome: 'crashed' });
    for (const file of ['history.jsonl', 'index.html']) {
      expect(await readFile(join(workspace.dir, 'late-run/latest', file), 'utf8')).toContain('disk full');
    }
  });
});

const DIES_AFTER_ITS_TOKEN_REQUEST = `
import { createServer } from 'node:http';
await next();
const server = createServer(async (request, response) => {
  response.end('thank you');
  const code = new URL(request.url, 'http://x').searchParams.get('code');
  await fetch(login + '/services/oauth2/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code',
    code, client_id: id, redirect_uri: redirect, code_verifier: verifier }) });
  console.error('disk full');
  process.exit(7);
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const redirect = 'http://127.0.0.1:' + server.address().port + '/callback';
say({ event: 'open', url: url(redirect) });
`;
