/** The Playwright fixture, played by Playwright with a real browser. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { expect, test } from 'vitest';
import { findChromium } from '../drivers/browser/chromium.ts';

const config = fileURLToPath(new URL('fixtures/playwright/playwright.config.ts', import.meta.url));
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly results: readonly { readonly errors: readonly { readonly message: string }[] }[];
    }[];
  }[];
}
const specsOf = ({ specs, suites = [] }: Suite): Suite['specs'] => [...specs, ...suites.flatMap(specsOf)];

test(
  'a right client passes in a browser; a broken one fails with what was seen, expected, and the fix',
  { timeout: 300_000 },
  async () => {
    const { executablePath, env } = await findChromium(chromium);
    const output = await mkdtemp(join(tmpdir(), 'sf-playwright-'));
    try {
      const text = await new Promise<string>((resolve) => {
        const inherited = Object.fromEntries(
          Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')),
        );
        execFile(
          process.execPath,
          [cli, 'test', '--config', config, '--reporter', 'json', '--output', output],
          { env: { ...inherited, ...env, CHROMIUM: executablePath }, timeout: 240_000, maxBuffer: 16e6 },
          (_error, out, err) => resolve(out + err),
        );
      });
      const { suites } = JSON.parse(text) as { readonly suites: readonly Suite[] };
      const specs = suites.flatMap(specsOf);
      const said = (title: string): string =>
        specs
          .filter((one) => one.title === title)
          .flatMap(({ tests }) =>
            tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message))),
          )
          .join('\n');
      expect(said('keeps the new refresh token')).toBe('');
      expect(specs.map(({ title, ok }) => [title, ok])).toEqual([
        ['keeps the new refresh token', true],
        ['drops the new refresh token', false],
        ['a fresh mock has seen nothing', false],
      ]);
      expect(said('drops the new refresh token')).toMatch(/RTR-02: fail[^]*Expected: pass[^]*Fix: [^]*RT#1/);
      expect(said('a fresh mock has seen nothing')).toContain('Expected: 1 refresh\nReceived: 0 refreshes');
    } finally {
      await rm(output, { recursive: true, force: true });
    }
  },
);
