/** The examples in other languages, against the real thing: each passes with a right client, and fails with RTR-02 for one that drops the new refresh token. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = import.meta.dirname;
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const JARS = '/usr/share/java/*';
const LONGEST_LINES = 60;

interface Example {
  readonly name: string;
  /** Debian's package that brings the tool. */
  readonly debian: string;
  /** Succeeds where the tool is there. */
  readonly probe: readonly string[];
  /** Run once before. */
  readonly build?: readonly string[];
  readonly command: readonly string[];
}

let scratch: string;
const classes = (): string => join(scratch, 'classes');
const console = 'org.junit.platform.console.ConsoleLauncher';

/** A function: the scratch folder is made later. */
const examples = (): readonly Example[] => [
  {
    ...{ name: 'python', debian: 'python3', probe: ['/usr/bin/python3', '--version'] },
    command: ['/usr/bin/python3', '-B', '-m', 'unittest', 'test_refresh'],
  },
  {
    ...{ name: 'java', debian: 'default-jdk-headless and junit5', probe: ['javac', '--version'] },
    build: ['javac', '-cp', JARS, '-d', classes(), 'Client.java', 'RefreshTest.java'],
    command: ['java', '-cp', `${classes()}:${JARS}`, console, '--select-class=RefreshTest', '--disable-banner'],
  },
  {
    ...{ name: 'go', debian: 'golang-go', probe: ['go', 'version'] },
    command: ['go', 'test', '-count=1', './...'],
  },
  {
    ...{ name: 'ruby', debian: 'ruby and ruby-minitest', probe: ['ruby', '-e', 'require "minitest"'] },
    command: ['ruby', 'refresh_test.rb'],
  },
  {
    ...{ name: 'php', debian: 'php-cli', probe: ['php', '--version'] },
    command: ['php', 'refresh_test.php'],
  },
];

beforeAll(async () => {
  // The mock writes its reports into the folder that it runs in.
  scratch = await mkdtemp(join(tmpdir(), 'sf-own-tests-'));
  await cp(folder, scratch, { recursive: true });
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Why an example cannot run here; in CI its package is installed, so that its lack is a failure. */
function missing({ name, debian, probe: [tool = '', ...args] }: Example): string | undefined {
  const there =
    spawnSync(tool, args).status === 0 && (name !== 'java' || existsSync('/usr/share/java/junit-jupiter.jar'));
  return there || process.env['CI'] === 'true' ? undefined : `${debian} is not installed on this machine`;
}

function run(
  [tool = '', ...args]: readonly string[],
  name: string,
  broken: boolean,
): Promise<readonly [number, string]> {
  const env = { ...process.env, SF_CONFORMANCE: `${process.execPath} ${main}`, ...(broken && { DROP_NEW_TOKEN: '1' }) };
  return new Promise((resolve) => {
    execFile(tool, args, { cwd: join(scratch, name), env, timeout: 120_000 }, (error, out, err) => {
      resolve([error === null ? 0 : Number(error.code ?? 99), out + err]);
    });
  });
}

describe.each(['python', 'java', 'go', 'ruby', 'php'])('%s', (name) => {
  test(
    'passes with a right client, and fails with RTR-02 for one that drops the new refresh token',
    { timeout: 300_000 },
    async ({ skip }) => {
      const example = examples().find((one) => one.name === name);
      if (example === undefined) throw new Error(`no example ${name}`);
      const why = missing(example);
      if (why !== undefined) skip(why);
      if (example.build !== undefined) expect(await run(example.build, name, false)).toEqual([0, expect.anything()]);
      expect(await run(example.command, name, false)).toEqual([0, expect.anything()]);
      const [code, said] = await run(example.command, name, true);
      expect(code).not.toBe(0);
      expect(said).toMatch(/RTR-02: [^]*RT#1[^]*\n\s*Fix: \S/);
    },
  );
});

test(`every file has at most ${String(LONGEST_LINES)} lines`, async () => {
  const files = (await readdir(folder, { recursive: true })).filter((file) =>
    /\.(?:py|java|go|rb|php|mjs)$/u.test(file),
  );
  expect(files.length).toBeGreaterThanOrEqual(8);
  for (const file of files) {
    const lines = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n').length;
    expect([file, lines <= LONGEST_LINES]).toEqual([file, true]);
  }
});
