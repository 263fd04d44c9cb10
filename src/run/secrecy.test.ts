import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { run } from './run.ts';

const FIXTURE = fileURLToPath(new URL('./fixtures/leaky-adapter.ts', import.meta.url));
const quiet = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };

describe.each(['public', 'confidential'] as const)('a %s client that writes its secrets everywhere', (client) => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sf-secrecy-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('finds none of them in anything that the run wrote', { timeout: 300_000 }, async () => {
    const known = join(dir, 'secrets.txt');
    const config = resolveConfig(
      {
        app: { name: 'Leaky', client },
        driver: {
          type: 'adapter',
          command: [process.execPath, FIXTURE],
          env: { SECRETS: known, ACME_API_KEY: 'kite harbour-92, violet' },
        },
        run: { quietMs: 60, holdMs: 300, timeoutMs: 30_000 },
      },
      { dir, cwd: dir, env: {} },
    );
    const formats = ['html', 'junit', 'markdown', 'sarif', 'ctrf', 'har'];
    const outcome = await run({
      config,
      outDir: join(dir, 'runs'),
      formats,
      failOn: 'must',
      progress: quiet,
      grep: '^(PKCE-0|CA-0|RTR-0|RACE-01|ERR-0|HYG-0)',
    });
    const secrets = [...new Set((await readFile(known, 'utf8')).split('\n').filter((line) => line.length >= 16))];
    expect(secrets.length).toBeGreaterThan(50);
    const leaks: string[] = [];
    for (const file of await readdir(outcome.dir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      for (const [n, secret] of secrets.entries()) {
        const shapes = [secret, encodeURIComponent(secret), Buffer.from(`id:${secret}`).toString('base64')];
        if (shapes.some((shape) => text.includes(shape))) leaks.push(`secret ${String(n)} in ${file.name}`);
      }
    }
    expect(leaks).toEqual([]);
    // The careless client is judged for what it printed.
    expect(outcome.report.checks.find(({ id }) => id === 'HYG-04')?.verdict).toBe('warn');
  });
});
