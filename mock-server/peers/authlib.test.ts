import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

const run = promisify(execFile);
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const SCRIPT = join(import.meta.dirname, 'fixtures/authlib_client.py');
const installed = await run(PYTHON, ['-c', 'import authlib.jose, requests']).then(
  () => true,
  () => false,
);
/** CI installs Debian's python3-authlib where there is apt: there its absence is a failure. */
const installs = process.env['CI'] === 'true' && existsSync('/usr/bin/apt-get');

/** Runs a step of the client; it answers in JSON. */
async function step(...parts: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(PYTHON, [SCRIPT, ...parts]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

test.for(['public', 'confidential'] as const)('authlib, %s: `CodeIDToken.validate` too', async (kind, { skip }) => {
  if (!installed && !installs) skip('python3-authlib is not installed');
  const { mock, signIn, expectRotations } = await strict({ client: kind });
  const app = [mock.loginUrl, CLIENT_ID, CALLBACK, kind === 'public' ? '' : SECRET];
  const { url, verifier, nonce } = await step('start', ...app);
  const callback = await signIn(String(url));
  const seen = await step('finish', ...app, callback.href, String(verifier), String(nonce));
  expect(seen).toEqual({ calls: [200, 200, 200], organization: mock.org.id, sub: expect.stringContaining('/id/00D') });
  expectRotations(3);
});
