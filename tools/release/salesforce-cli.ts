/**
 * Runs the Salesforce CLI, unchanged, against the mock, by hand before a release; it is too large for CI:
 *
 *   npm install --prefix FOLDER @salesforce/cli
 *   node tools/release/salesforce-cli.ts FOLDER/node_modules/.bin/sf
 *
 * The CLI logs in through a browser that this script plays, queries, writes, refreshes an expired session for itself and for three
 * processes after it, and logs out. Prints a line a step; exits with 1 when one failed. The mock accepts what the platform does: the CLI
 * sends no `code_challenge_method` and a verifier of 171 characters, which strict refuses.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startMock } from '../../src/library/mock.ts';

const run = promisify(execFile);
const [cli] = process.argv.slice(2);
if (cli === undefined) throw new Error('Name the sf executable.');

const home = await mkdtemp(join(tmpdir(), 'sf-conformance-cli-'));
const [browser, opened] = [join(home, 'browser.sh'), join(home, 'opened')];
// xdg-open hands the URL to $BROWSER where there is no display.
await writeFile(browser, `#!/bin/sh\nprintf '%s' "$1" > '${opened}'\n`);
await chmod(browser, 0o755);
const env = {
  ...process.env,
  // The CLI starts itself by its name.
  PATH: [dirname(cli), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  ...{
    HOME: home,
    BROWSER: browser,
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
  },
  ...{ SF_DISABLE_TELEMETRY: 'true', SF_AUTOUPDATE_DISABLE: 'true', SF_SKIP_NEW_VERSION_CHECK: 'true' },
};

const mock = await startMock({
  policy: 'salesforce',
  app: { client: 'public', clientId: 'PlatformCLI', redirectUris: ['http://localhost:1717/OauthRedirect'] },
});

/** Runs one command of the CLI; resolves with its result. @throws when it failed */
async function sf(...command: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(cli ?? '', [...command, '--json'], { env, timeout: 120_000, maxBuffer: 16e6 }).catch(
    (error: unknown) => {
      // With --json the CLI says on standard output what went wrong.
      const { stdout: said = '' } = error as { readonly stdout?: string };
      throw new Error(/"message": (".*")/.exec(said)?.[1] ?? String(error), { cause: error });
    },
  );
  return (JSON.parse(stdout) as { readonly result: Record<string, unknown> }).result;
}

/** Resolves with the URL that the CLI opened. */
async function openedUrl(): Promise<string> {
  for await (const { filename } of watch(home, { signal: AbortSignal.timeout(60_000) })) {
    const url = filename === 'opened' ? await readFile(opened, 'utf8') : '';
    if (url !== '') return url;
  }
  throw new Error('The CLI opened no URL.');
}

async function login(): Promise<void> {
  const waiting = openedUrl();
  const done = sf('org', 'login', 'web', '--instance-url', mock.loginUrl, '--alias', 'mock', '--set-default');
  const callback = await mock.signIn(await Promise.race([waiting, done.then(() => '')]));
  // As a browser does: the CLI ends once its page of success was read.
  await (await fetch(callback, { headers: { connection: 'close' } })).text();
  await done;
}

/** Throws unless the query found something. */
async function query(): Promise<void> {
  const { totalSize } = await sf('data', 'query', '--target-org', 'mock', '--query', 'SELECT Id, Name FROM Account');
  if (!(Number(totalSize) > 0)) throw new Error('The query found nothing.');
}

async function records(): Promise<void> {
  const at = ['--target-org', 'mock', '--sobject', 'Account'];
  const { id } = await sf('data', 'create', 'record', ...at, '--values', "Name='By the CLI'");
  await sf('data', 'update', 'record', ...at, '--record-id', String(id), '--values', "Name='Changed'");
  const { Name: name } = await sf('data', 'get', 'record', ...at, '--record-id', String(id));
  if (name !== 'Changed') throw new Error(`The record is called ${String(name)}.`);
  await sf('data', 'delete', 'record', ...at, '--record-id', String(id));
}

/** One process finds its session expired and refreshes; three at once go on with what it stored. Processes that refresh at the same time are
 * no part of this: the CLI has no lock among them, and one is answered that the token is being processed already. */
async function expired(): Promise<void> {
  const refreshes = () => mock.exchanges({ endpoint: 'token' }).length;
  const before = refreshes();
  mock.expireSessions();
  await query();
  await Promise.all([query(), query(), query()]);
  if (refreshes() - before !== 1) throw new Error(`${String(refreshes() - before)} refreshes instead of 1.`);
}

const STEPS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['org login web', login],
  ['org display', () => sf('org', 'display', '--target-org', 'mock')],
  ['data query', query],
  ['data create, update, get, delete record', records],
  ['a query with an expired session, then three at once', expired],
  ['org logout', () => sf('org', 'logout', '--target-org', 'mock', '--no-prompt')],
];

let failed = 0;
for (const [name, step] of STEPS) {
  const error = await step().then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? reason.message : 'unknown'),
  );
  if (error !== undefined) failed += 1;
  console.log(
    `${error === undefined ? 'ok    ' : 'failed'} ${name}${error === undefined ? '' : `: ${error.slice(0, 500)}`}`,
  );
}
await mock.close();
await rm(home, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
