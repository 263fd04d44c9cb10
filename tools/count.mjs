// Prints what failed and, as the last line, `N passed, N failed`, from the JSON results of vitest.
// A test file that could not be loaded, and a run that ended badly with no failed test, count as one failure each.
// Usage: count.mjs (RESULT.json EXIT_CODE_OF_VITEST)…
import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

/** @returns {{ passed: number, failed: number }} */
function count(file, exitCode) {
  const run = basename(file, '.json');
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.log(`failed: ${run}: the test runner left no result (exit ${exitCode}): ${error.message}`);
    return { passed: 0, failed: 1 };
  }
  const tests = result.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: relative(process.cwd(), suite.name) })),
  );
  const broken = result.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = tests.filter((test) => test.status === 'failed');
  for (const test of failed) console.log(`failed: ${run}: ${test.file}: ${test.fullName}`);
  for (const suite of broken) console.log(`failed: ${run}: ${relative(process.cwd(), suite.name)}: ${suite.message}`);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failures = failed.length + broken.length;
  if (failures === 0 && exitCode !== '0') {
    console.log(
      `failed: ${run}: the test runner ended with exit ${exitCode} though no test failed: see its output above.`,
    );
    return { passed, failed: 1 };
  }
  return { passed, failed: failures };
}

const given = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (let at = 0; at < given.length; at += 2) {
  const counted = count(given[at], given[at + 1]);
  passed += counted.passed;
  failed += counted.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
