/** What people wait for: whole runs as they are typed, of this checkout and of another one by turns, and the starts of the commands. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One thing that is waited for. */
interface Case {
  readonly name: string;
  /** Most seconds that it may take. */
  readonly goalS: number;
  /** Arguments of the command in a folder of its own. */
  readonly args: (root: string, folder: string) => readonly string[];
}

export interface RunTime {
  readonly name: string;
  readonly goalS: number;
  /** Medians, in seconds: from the start of the command to its end, and the CPU time of all its processes. */
  readonly now: Spent;
  readonly before: Spent | undefined;
}

export interface Spent {
  readonly wallS: number;
  readonly cpuS: number;
}

export interface Checkouts {
  readonly now: string;
  /** Folder of another checkout, with its packages. */
  readonly before: string | undefined;
}

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BROKEN = join(ROOT, 'bench/clients/main.mjs');

const runWith =
  (driver: (root: string, folder: string) => object, ...more: readonly string[]) =>
  (root: string, folder: string): readonly string[] => {
    const config = join(folder, 'conformance.config.json');
    const app = { name: 'Benchmark', client: 'public', sharedStore: true };
    writeFileSync(config, JSON.stringify({ app, driver: driver(root, folder) }));
    return ['run', '-c', config, '--quiet', ...more];
  };
const adapter = (...args: readonly string[]) => ({ type: 'adapter', command: [process.execPath, ...args] });
const reference = (root: string): object => {
  const main = join(root, 'suites/proof/client/main.');
  return adapter(existsSync(`${main}mjs`) ? `${main}mjs` : `${main}ts`);
};

/** The example in Python without its lock: every command is a process of its own. */
function unlockedPython(_root: string, folder: string): object {
  cpSync(join(ROOT, 'examples/python-cli'), folder, { recursive: true });
  const file = join(folder, 'salesforce.py');
  const text = readFileSync(file, 'utf8');
  const unlocked = text.replace(/^ *fcntl\.flock\(.*\n/mu, '');
  if (unlocked === text) throw new Error('The lock of the example in Python is not where it was.');
  writeFileSync(file, unlocked);
  const command = (name: string): readonly string[] => ['python3', 'cli.py', name];
  return {
    ...{ type: 'command', authorize: command('login'), call: command('limits'), refresh: command('refresh') },
    ...{ status: command('status'), disconnect: command('logout') },
  };
}

const CASES: readonly Case[] = [
  { name: 'reference client, defaults', goalS: 15, args: runWith(reference) },
  { name: 'demo: both clients, reports, comparison', goalS: 20, args: () => ['demo', '--quiet'] },
  { name: 'a client that fails at its first refresh', goalS: 15, args: runWith(() => adapter(BROKEN, 'fails')) },
  { name: 'a client that hangs on every refresh', goalS: 40, args: runWith(() => adapter(BROKEN, 'hangs')) },
  { name: '`--suite pkce`, reference client', goalS: 5, args: runWith(reference, '--suite', 'pkce') },
  { name: 'Python, one process a call, no lock', goalS: 90, args: runWith(unlockedPython) },
];

/** Runs every case `times` times in each checkout, by turns. @param only a part of the names of the cases to play; default: all */
export async function measureRunTimes(
  checkouts: Checkouts,
  times: number,
  say: (text: string) => void,
  only = '',
): Promise<readonly RunTime[]> {
  const found: RunTime[] = [];
  for (const { name, goalS, args } of CASES.filter((one) => one.name.includes(only))) {
    const now: Spent[] = [];
    const before: Spent[] = [];
    for (let count = 0; count < times; count += 1) {
      say(`run times: ${name}, ${String(count + 1)} of ${String(times)}`);
      now.push(await timed(checkouts.now, args));
      if (checkouts.before !== undefined) before.push(await timed(checkouts.before, args));
    }
    found.push({ name, goalS, now: medianOf(now), before: before.length === 0 ? undefined : medianOf(before) });
  }
  return found;
}

async function timed(root: string, args: Case['args']): Promise<Spent> {
  const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-bench-'));
  try {
    const command = [join(root, 'bin/sf-conformance.mjs'), ...args(root, folder), '--out', join(folder, 'runs')];
    return await spend(process.execPath, command, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end: bash says what it and its children used. */
export async function spend(command: string, args: readonly string[], cwd: string): Promise<Spent> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1', 'bash', command, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  const [wallS = Number.NaN, user = 0, system = 0] = said.trim().split(' ').map(Number);
  return { wallS, cpuS: user + system };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const medianOf = (all: readonly Spent[]): Spent => ({
  wallS: median(all.map(({ wallS }) => wallS)),
  cpuS: median(all.map(({ cpuS }) => cpuS)),
});
