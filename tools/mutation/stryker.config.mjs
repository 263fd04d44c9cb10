// Mutation testing of grading and of the checks, one folder at a time (`npm run mutants`): MUTATED_FOLDER names it.
import { fileURLToPath } from 'node:url';

const folder = process.env.MUTATED_FOLDER ?? 'src/grade';

export default {
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutation/vitest.config.mjs', related: false },
  plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('words.mjs', import.meta.url))],
  ignorers: ['words'],
  // Not texts for people, and not what only drives the client: recordings drive none.
  mutate: [
    `${folder}/*.ts`,
    ...['!**/*.test.ts', '!**/*.test-support.ts', '!**/*.scenario.ts', '!src/grade/words.ts'],
    ...['!suites/races/concurrent-calls.ts', '!suites/error-handling/trials.ts', '!suites/soak/{perform,sequence}.ts'],
  ],
  // It would write into scripts that reports carry as they are.
  disableTypeChecks: false,
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: `coverage/mutants/${folder.replaceAll('/', '-')}.json` },
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  tempDirName: 'coverage/stryker',
};
