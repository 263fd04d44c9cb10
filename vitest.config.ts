import { defineConfig } from 'vitest/config';

/** Tests lie beside the code. Nothing is mocked away, so a test may start processes and servers: hence the deadlines. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'coverage/**', 'reports/runs/**'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    reporters: ['default'],
  },
});
