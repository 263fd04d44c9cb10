import { defineConfig } from 'vitest/config';

/** The tests that mutants of the checks and of grading have to survive: those beside the code, and the recorded clients of the proof. */
export default defineConfig({
  test: {
    include: [
      'suites/**/*.test.ts',
      'src/grade/**/*.test.ts',
      'tools/proof/recorded.mutation.ts',
      // It grades whole histories, and so runs every check: too slow for mutants of a single one.
      ...(process.env.MUTATED_FOLDER === 'src/grade' ? ['tools/samples/golden.test.ts'] : []),
    ],
    exclude: ['**/node_modules/**', 'suites/proof/**'],
    testTimeout: 20_000,
  },
});
