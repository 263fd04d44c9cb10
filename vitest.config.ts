import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BROWSERS, MEASURED, SLOW } from './tools/test-split.ts';

const slow = SLOW.flatMap(({ files }) => files);
const exclude = [...configDefaults.exclude, 'dist/**', 'coverage/**', 'reports/runs/**'];

const project = (name: string, include: readonly string[], without: readonly string[] = [], isolate = true) => ({
  extends: true as const,
  test: { name, isolate, include: [...include], exclude: [...exclude, ...without] },
});

/**
 * Tests lie beside the code. Nothing is mocked away, so a test may start processes and servers. The deadlines end a test that hangs; a test
 * that is only slow meets none of them, on a machine however busy.
 *
 * `quick` and `measured` are `npm test`; `npm run test:all` runs the other projects too (tools/test-split.ts).
 */
export default defineConfig({
  resolve: { alias: { 'fast-check': fileURLToPath(new URL('tools/fast-check.mjs', import.meta.url)) } },
  test: {
    projects: [
      project('quick', ['**/*.test.ts'], [...MEASURED, ...slow, ...BROWSERS.files], false),
      project('measured', MEASURED),
      project('slow', slow, BROWSERS.files),
      project('browser', BROWSERS.files),
    ],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default'],
  },
});
