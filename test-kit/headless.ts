/** `serve --headless --json` as a process, for tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

/** What the line on standard output says. */
export interface HeadlessLine {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly controlUrl: string;
  readonly token: string;
  readonly clientSecret?: string;
}

/** A process that is ready. */
export interface Headless extends HeadlessLine {
  readonly child: ChildProcess;
  /** Resolves when it has ended, with its exit code and everything on standard output. */
  readonly ended: Promise<{ readonly code: number | null; readonly lines: readonly string[] }>;
}

/** Starts it in a folder and resolves when it has printed its line. @param more further arguments */
export async function startHeadless(cwd: string, more: readonly string[] = []): Promise<Headless> {
  const child = spawn(process.execPath, [main, 'serve', '--headless', '--json', ...more], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const first = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    first.resolve(line);
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, lines }));
  ended.then(() => first.reject(new Error('It ended before it was ready.'))).catch(first.reject);
  return { ...(JSON.parse(await first.promise) as HeadlessLine), child, ended };
}
