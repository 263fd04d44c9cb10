/** Runs one process of the client, from its start to the end of its process group. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { SessionContext } from '../driver.ts';
import { within } from './deadline.ts';
import { gatherEvidence, type Evidence } from './evidence.ts';
import { plainTemporary } from './folder.ts';
import { signalGroup } from './group.ts';
import { ledgerIn } from './ledger.ts';
import { clearAtExit } from './leftovers.ts';
import { readLines, type Line } from './lines.ts';
import { missing } from './lookup.ts';
import { here } from './platform.ts';

/** How to start a process of the client, and where its output goes. */
export interface ProgramOptions {
  /** Name in the history: `P1`. */
  readonly id: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes each line on standard output; returns false for one outside the protocol, which is kept as evidence. */
  readonly onLine: (line: Line) => boolean;
  /** Takes the beginning of an unfinished line, whenever it has grown. */
  readonly onPartial?: (text: string) => void;
  /** Whether standard input stays open for requests; otherwise the process reads its end immediately. */
  readonly input: boolean;
  /** Whether the process is expected to exit on its own, as with one process for each action. */
  readonly endsByItself?: boolean;
}

/** How a process ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether the end was expected: the harness ended the process, or it exits on its own. */
  readonly expected: boolean;
  /** Whether the harness had begun to end it. */
  readonly stopped: boolean;
}

/** A running process of the client; made by `startProgram`. */
export interface Program {
  readonly running: boolean;
  /** Resolves when its output is read, its process group is gone and its end is recorded. */
  readonly ended: Promise<ProgramEnd>;
  readonly evidence: Evidence;
  /** Writes one line to its standard input; does nothing when the process no longer reads it. */
  send(line: string): void;
  /** Ends its input, then signals its process group after these milliseconds; 0: immediately. Resolves with `ended`. */
  stop(plan: { readonly terminateAfterMs?: number; readonly killAfterMs: number }): Promise<ProgramEnd>;
}

/** Milliseconds for output after the process ended: a grandchild outside its group can hold the pipe open. */
const drainMs = 500;

/** Starts a program of the client. @throws HarnessError `driver-command-missing` */
export async function startProgram(
  context: Pick<SessionContext, 'record' | 'redact' | 'hide'>,
  options: ProgramOptions,
): Promise<Program> {
  const { id, command, cwd } = options;
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd,
    env: options.env,
    detached: here.processGroups,
    stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw missing(file, cwd, error);
  }
  const { pid } = child;
  if (pid === undefined) throw missing(file, cwd);

  context.record({ kind: 'process-begin', process: id });
  const evidence = gatherEvidence(context, id);
  const forget = clearAtExit(() => signalGroup(pid, 'SIGKILL'));
  const gone = ledgerIn(plainTemporary()).process(pid, basename(file));
  const output = readOutput(child, evidence, options);
  let stopping = false;
  let running = true;

  const end = async (): Promise<ProgramEnd> => {
    const [code, signal] = await exitOf(child);
    running = false;
    signalGroup(pid, 'SIGKILL');
    forget();
    gone();
    await within(output.closed, drainMs);
    output.finish();
    evidence.flush();
    const expected = stopping || (options.endsByItself === true && signal === null);
    context.record({ kind: 'process-end', process: id, code, signal, expected });
    return { code, signal, expected, stopped: stopping };
  };
  const ended = end();

  return {
    get running() {
      return running;
    },
    ended,
    evidence,
    send(line) {
      if (child.stdin?.writable === true) child.stdin.write(`${line}\n`);
    },
    async stop({ terminateAfterMs, killAfterMs }) {
      stopping = true;
      const signal = async (name: 'SIGTERM' | 'SIGKILL', ms: number): Promise<void> => {
        if (ms > 0) await within(ended, ms);
        if (running) signalGroup(pid, name);
      };
      if (killAfterMs > 0) child.stdin?.end();
      if (terminateAfterMs !== undefined) await signal('SIGTERM', terminateAfterMs);
      await signal('SIGKILL', killAfterMs - (terminateAfterMs ?? 0));
      return ended;
    },
  };
}

function exitOf(child: ChildProcess): Promise<readonly [number | null, string | null]> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve([child.exitCode, child.signalCode]);
    else child.once('exit', (code, signal) => resolve([code, signal]));
  });
}

function readOutput(child: ChildProcess, evidence: Evidence, options: ProgramOptions) {
  let finished = false;
  const out = readLines((line) => {
    if (!options.onLine(line)) evidence.add('stdout', line);
  });
  const err = readLines((line) => evidence.add('stderr', line));
  child.stdout?.on('data', (chunk: Buffer) => {
    if (finished) return;
    out.push(chunk);
    if (out.rest !== '') options.onPartial?.(out.rest);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    if (!finished) err.push(chunk);
  });
  // `ended` reports a client that closes its input or dies, not a broken pipe.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on('error', () => undefined);
  child.on('error', () => undefined);
  return {
    closed: once(child, 'close').catch(() => undefined),
    finish() {
      if (finished) return;
      out.end();
      err.end();
      finished = true;
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}
