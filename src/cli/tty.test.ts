/** The command in a real terminal: `script` of util-linux lends one. */
import { spawn, spawnSync } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const slowMs = 180_000;
/** That of util-linux; others take other flags. */
const { error, stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
const lent = error === undefined && stdout.includes('util-linux');
let workspace: Workspace;

beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.clear());

interface Seen {
  readonly code: number | null;
  readonly text: string;
}

/** Runs in a terminal. `hands` are done one after the other, each when its text has come up anew; a text that is returned is typed. */
async function inTerminal(
  args: readonly string[],
  hands: readonly (readonly [after: string, act: () => string | Promise<void>])[] = [],
  extra: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const { CI: _ci, FORCE_COLOR: _force, NO_COLOR: _no, ...env } = process.env;
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd: workspace.dir,
    env: { ...env, TERM: 'xterm', ...extra },
    timeout: slowMs,
  });
  const left = [...hands];
  let text = '';
  let from = 0;
  const look = async (): Promise<void> => {
    const [next] = left;
    if (next === undefined || !text.slice(from).includes(next[0])) return;
    left.shift();
    from = text.length;
    const keys = await next[1]();
    if (typeof keys === 'string') child.stdin.write(keys);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    void look();
  });
  const ended = Promise.withResolvers<number | null>();
  child.on('error', ended.reject);
  child.on('close', ended.resolve);
  return { code: await ended.promise, text };
}

/** Dies at once: all that a terminal shows is shown, and soon. */
const bad = (): Promise<string> => workspace.client('bad', 'process.exit(1);', { run: { quietMs: 50 } });
const good = (): Promise<string> =>
  workspace.config('good', { driver: proofClient('reference'), run: { quietMs: 50 } });
const ONE = ['--grep', '^PKCE-01$'];
const WIPE = '\r\u001b[2K';
const WATCHING = 'r runs again, q ends';

describe.runIf(lent)('in a terminal', { timeout: slowMs }, () => {
  it('a run shows one line that changes, takes it away, and is in colour', async () => {
    const { code, text } = await inTerminal(['run', '-c', await good(), ...ONE]);
    expect(code).toBe(0);
    expect(text).toContain(`${WIPE}⠋ 0 s · 1 of 3 · strict: One login`);
    expect(text).toContain('\u001b[32m');
    // Nothing of the changing line stays: it is wiped before the summary, which ends with the verdict.
    expect(text).toContain(`${WIPE}\u001b[1mNot graded`);
    expect(text.slice(text.indexOf('\u001b[36m◐ Partial'))).toMatch(/Report: \S+index\.html\s*$/u);
    expect(text).not.toMatch(/strict: done/u);
  });

  it('NO_COLOR leaves the line and takes the colours', async () => {
    const { text } = await inTerminal(['run', '-c', await bad(), ...ONE], [], { NO_COLOR: '1' });
    expect(text).toContain(WIPE);
    expect(text.split('\u001b[').filter((part) => /^\d+m/u.test(part))).toEqual([]);
  });

  it('in CI, lines that stay', async () => {
    const { text } = await inTerminal(['run', '-c', await bad(), ...ONE], [], { CI: 'true' });
    expect(text).toMatch(/1\/3 strict: the client crashed/u);
    expect(text).not.toContain('\u001b[2K');
  });

  it('--watch runs again by key and by change, and ends by key with the last exit code', async () => {
    const name = await bad();
    const { code, text } = await inTerminal(
      ['run', '-c', name, '--watch', ...ONE],
      [
        [WATCHING, () => 'r'],
        [WATCHING, () => appendFile(join(workspace.dir, 'bad.mjs'), '\n')],
        [WATCHING, () => 'q'],
      ],
    );
    expect(text.split(WATCHING)).toHaveLength(4);
    // Three runs: the folders that the first one makes for its reports are no change.
    expect(text.split('The client died before its first token request')).toHaveLength(4);
    expect(code).toBe(2);
  });
});
