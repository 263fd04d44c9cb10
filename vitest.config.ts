import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Tests lie beside the code. Nothing is mocked away, so a test may start processes and servers. The deadlines end a test that hangs; none of
 * them is met by one that is merely slow, on a machine however busy.
 */
export default defineConfig({
  resolve: { alias: { 'fast-check': fileURLToPath(new URL('tools/fast-check.mjs', import.meta.url)) } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'coverage/**', 'reports/runs/**'],
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
