/** How long the commands take to start, as multiples of `node -e 0` in the same minute: of the packed package, and from a checkout. */
import { execFileSync, spawn, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, ROOT } from './run-times.ts';

export interface StartTime {
  readonly name: string;
  /** Most that it may be, of the packed package; from a checkout twice that. */
  readonly goal: number;
  /** Multiples of `node -e 0`. */
  readonly packed: number;
  readonly checkout: number;
}

interface Place {
  readonly command: string;
  readonly mock: string;
}

interface Start {
  readonly name: string;
  readonly goal: number;
  readonly args: (place: Place) => readonly string[];
  /** It goes on: it is ready with its first words. */
  readonly stays?: true;
}

const STARTS: readonly Start[] = [
  { name: '`--help`', goal: 3, args: ({ command }) => [command, '--help'] },
  { name: '`list`', goal: 5, args: ({ command }) => [command, 'list'] },
  {
    name: '`serve`, ready',
    goal: 6,
    args: ({ command }) => [command, 'serve', '--headless', '--json', '--out', 'runs'],
    stays: true,
  },
  { name: 'a first `startMock()`', goal: 6, args: ({ mock }) => [mock] },
];

/** Packs the package, and starts each command `times` times. */
export async function measureStarts(times: number, say: (text: string) => void): Promise<readonly StartTime[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-bench-'));
  try {
    say('starts: packing');
    const packed = place(folder, 'packed', unpack(folder), 'dist/src/library/mock.js');
    const checkout = place(folder, 'checkout', ROOT, 'src/library/mock.ts');
    const base: number[] = [];
    const took = STARTS.map(() => ({ packed: [] as number[], checkout: [] as number[] }));
    for (let count = -1; count < times; count += 1) {
      say(`starts: ${String(count + 1)} of ${String(times)}`);
      const bare = await start(['-e', '0'], folder);
      if (count >= 0) base.push(bare);
      for (const [index, { args, stays }] of STARTS.entries()) {
        const first = await start(args(packed), folder, stays);
        const second = await start(args(checkout), folder, stays);
        // The first round fills the compile cache.
        if (count < 0) continue;
        took[index]?.packed.push(first);
        took[index]?.checkout.push(second);
      }
    }
    const times_ = (values: readonly number[] = []): number => median(values) / median(base);
    return STARTS.map(({ name, goal }, index) => ({
      ...{ name, goal },
      ...{ packed: times_(took[index]?.packed), checkout: times_(took[index]?.checkout) },
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the folder of the package as `npm install` lays it; its dependencies are those of this checkout. */
function unpack(folder: string): string {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  };
  const made = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], options);
  const archive = made.trim().split('\n').at(-1) ?? '';
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  const root = join(folder, 'package');
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

function place(folder: string, name: string, root: string, library: string): Place {
  mkdirSync(join(folder, name));
  const mock = join(folder, name, 'mock.mjs');
  const from = pathToFileURL(join(root, library)).href;
  writeFileSync(mock, `const { startMock } = await import('${from}');\nawait (await startMock()).close();\n`);
  return { command: join(root, 'bin/sf-conformance.mjs'), mock };
}

async function start(args: readonly string[], cwd: string, stays = false): Promise<number> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  if (stays) await Promise.race([once(child.stdout, 'data'), ended]);
  else child.stdout.resume();
  const [code] = stays ? [0] : await ended;
  const tookMs = performance.now() - from;
  child.kill('SIGTERM');
  await ended;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}.`);
  return tookMs;
}
