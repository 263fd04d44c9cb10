/** The code of docs/library.md: every recipe passes with a right client, and fails for one that breaks what it is about. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { createClient, type ClientFaults } from './fixtures/client.ts';
import { startMock, type SalesforceMock } from './mock.ts';
import { expect, test } from './vitest.ts';

const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
const worker = fileURLToPath(new URL('fixtures/worker.mjs', import.meta.url));
const cookbook = /## Cookbook\n([^]*?)\n## /.exec(page)?.[1] ?? '';
const recipes = new Map(
  [...cookbook.matchAll(/### (.+)\n\n```js\n([^]*?)```/g)].map(([, title = '', code = '']) => [title, code] as const),
);

const AsyncFunction = (async () => undefined).constructor as new (
  ...names: string[]
) => (...values: readonly unknown[]) => Promise<void>;

/** Runs a recipe with a client that has `faults`. */
async function cook(
  salesforce: SalesforceMock,
  code: string,
  stateDir: string,
  faults: ClientFaults = {},
): Promise<void> {
  const make = (env: Readonly<Record<string, string>>) => createClient(env, faults);
  const connect = async (mock: SalesforceMock, { user = 'U1', stateDir: dir = '' } = {}) => {
    const client = make(mock.env());
    await client.finishLogin(await mock.signIn(client.authorizationUrl(), { user }));
    if (dir !== '') writeFileSync(join(dir, 'tokens.json'), JSON.stringify(client.tokens()));
    return client;
  };
  const runProcess = (file: string, env: object) =>
    promisify(execFile)(process.execPath, [file], {
      env: { ...process.env, ...env, ...(faults.refreshesPerCall && { REFRESHES_ALWAYS: '1' }) },
    });
  const given = { salesforce, expect, connect, createClient: make, runProcess, worker, stateDir };
  await new AsyncFunction(...Object.keys(given), code)(...Object.values(given));
}

/** Which mistake each recipe finds. */
const FOUND: readonly (readonly [string, ClientFaults])[] = [
  ['Expire a session', { dropsNewToken: true }],
  ['A used refresh token is sent again', { triesAgain: true }],
  ['A race for the refresh token', { refreshesPerCall: true }],
  ['The answer of a refresh is lost', { swallowsErrors: true }],
  ['Salesforce throttles', { triesAgain: true }],
  ['A user or an administrator revokes access', { swallowsErrors: true }],
  ['Two users', { sharesTokens: true }],
  ['Several processes on one store', { refreshesPerCall: true }],
  ['A callback with a wrong state', { ignoresState: true }],
  ['A PKCE downgrade', { withoutChallenge: true }],
];

test('the cookbook has ten recipes', () => {
  expect([...recipes.keys()]).toEqual(FOUND.map(([title]) => title));
});

describe.each(FOUND)('%s', (title, faults) => {
  test('passes with a right client, and fails for a broken one', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'sf-cookbook-'));
    const code = recipes.get(title) ?? 'throw new Error("no such recipe")';
    try {
      await using salesforce = await startMock({ stateDir });
      await cook(salesforce, code, stateDir);
      await using another = await startMock({ stateDir });
      await expect(cook(another, code, stateDir, faults)).rejects.toThrow();
    } finally {
      rmSync(stateDir, { recursive: true, force: true });
    }
  });
});
