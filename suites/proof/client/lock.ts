/** One refresh at a time over all processes that share a store. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from './environment.ts';

export interface Lock {
  /** Runs the work alone.
   * @throws Error when the lock stays taken for 25 s. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

const WAIT_MS = 25_000;
const POLL_MS = 20;

/** A lock file that names its holder; the lock of a process that is gone is taken over. */
export function createLock(env: Environment): Lock {
  const file = join(env.stateDir, 'refresh.lock');
  return {
    run: async (work) => {
      const holder = `${String(process.pid)} ${randomUUID()}`;
      await take(file, holder);
      try {
        return await work();
      } finally {
        if (read(file) === holder) rmSync(file, { force: true });
      }
    },
  };
}

async function take(file: string, holder: string): Promise<void> {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const until = performance.now() + WAIT_MS;
  writeFileSync(draft, holder, { mode: 0o600 });
  try {
    while (!claim(draft, file)) {
      if (performance.now() > until) throw new Error('another process holds the token store');
      removeOrphan(file);
      await sleep(POLL_MS);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A hard link appears whole or not at all, so no process reads a lock without its holder. */
function claim(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

/** Moves the lock of a dead process away. If a living one took it over in between, it is put back. */
function removeOrphan(file: string): void {
  const holder = read(file);
  if (holder === undefined || isAlive(Number.parseInt(holder, 10))) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== holder) claim(aside, file);
    rmSync(aside, { force: true });
  } catch {
    // Another process moved it first.
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
