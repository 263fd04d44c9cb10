import { expect, test } from 'vitest';
import { lastWords, tellingLine } from './last-words.ts';

const FRAMES = Array.from(
  { length: 12 },
  (_, n) => `    at resolveForCJSWithHooks (node:internal/modules/cjs/loader:${String(1100 + n)}:12)`,
);
const NODE = [
  ...['node:internal/modules/cjs/loader:1368', '  throw err;', '  ^', ''],
  "Error: Cannot find module '/app/a.mjs'",
  ...FRAMES,
  ...["  code: 'MODULE_NOT_FOUND',", '}', '', 'Node.js v24.21.0', ''],
];

test.each([
  ['Node', NODE, "Error: Cannot find module '/app/a.mjs'"],
  [
    'Node, with a code',
    ['TypeError [ERR_INVALID_URL]: Invalid URL', ...FRAMES],
    'TypeError [ERR_INVALID_URL]: Invalid URL',
  ],
  [
    'Python',
    ['Traceback (most recent call last):', '  File "a.py", line 1', "ModuleNotFoundError: No module named 'x'"],
    "ModuleNotFoundError: No module named 'x'",
  ],
  [
    'Java',
    ['Exception in thread "main" java.lang.IllegalStateException: no port', '\tat a.Main.main(Main.java:3)'],
    'Exception in thread "main" java.lang.IllegalStateException: no port',
  ],
  [
    'Java, with a cause',
    ['Exception in thread "main" a.B: x', '\tat a.C', 'Caused by: java.net.BindException: in use', '\t... 3 more'],
    'Caused by: java.net.BindException: in use',
  ],
  [
    'Go',
    ['panic: runtime error: index out of range', '', 'goroutine 1 [running]:', 'exit status 2'],
    'panic: runtime error: index out of range',
  ],
  [
    'npm',
    [
      'npm error code ENOENT',
      "npm error enoent Could not read package.json: Error: ENOENT: no such file, open '/app/package.json'",
      'npm error A complete log of this run can be found in: /root/.npm/_logs/2026-debug-0.log',
    ],
    "npm error enoent Could not read package.json: Error: ENOENT: no such file, open '/app/package.json'",
  ],
  ['a tool', ['usage', 'error: unknown option', ''], 'error: unknown option'],
  ['words', ['starting', 'port 3000 is taken', ' '], 'port 3000 is taken'],
] as const)('%s: the line that names the error', (_, lines, telling) => {
  expect(tellingLine(lines)).toBe(telling);
});

test('nothing written, nothing reported', () => {
  expect(tellingLine([' ', ''])).toBeUndefined();
  expect(lastWords([' ', ''])).toBe('');
});

test('frames of a stack are left out, so that the error is reported', () => {
  expect(lastWords(NODE)).toBe(
    "node:internal/modules/cjs/loader:1368 ⏎ throw err; ⏎ ^ ⏎ Error: Cannot find module '/app/a.mjs' ⏎ code: 'MODULE_NOT_FOUND', ⏎ } ⏎ Node.js v24.21.0",
  );
});

test('the error is first when much that follows would push it out', () => {
  const words = lastWords([...NODE, ...Array.from({ length: 40 }, (_, n) => `closing connection ${String(n)}`)]);
  expect(words).toMatch(/^Error: Cannot find module '\/app\/a\.mjs' ⏎ …/);
  expect(words).toMatch(/closing connection 39$/);
  expect(words.length).toBeLessThanOrEqual(500);
});

test('what is short is reported whole, once', () => {
  expect(lastWords(['ImportError: no x', ' done '])).toBe('ImportError: no x ⏎ done');
});

test('a line without end stays within its bounds', () => {
  expect(lastWords([`Error: ${'x'.repeat(5_000)}`, ...FRAMES]).length).toBeLessThanOrEqual(500);
});
