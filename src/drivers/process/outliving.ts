/** Finds processes that a client started outside its process group, by the state folder in their environment. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Number of searches: a process may start another one while it is being ended. */
const rounds = 5;

/** Kills all processes whose `SF_STATE_DIR` is that folder, with SIGKILL. Returns their process ids. */
export function endOutliving(stateDir: string): readonly number[] {
  const ended = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    const found = processesWith(stateDir).filter((pid) => !ended.has(pid));
    if (found.length === 0) break;
    for (const pid of found) {
      ended.add(pid);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // The process has ended meanwhile.
      }
    }
  }
  return [...ended];
}

/** Returns whether a process of the client may still run: one whose `SF_STATE_DIR` is one of the folders. True where that cannot be seen. */
export function mayRun(stateDirs: readonly string[]): boolean {
  return process.platform !== 'linux' || stateDirs.some((stateDir) => processesWith(stateDir).length > 0);
}

function processesWith(stateDir: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const line = `\0SF_STATE_DIR=${stateDir}\0`;
  return readdirSync('/proc').flatMap((name) => {
    const pid = /^\d+$/.test(name) ? Number(name) : process.pid;
    return pid !== process.pid && environmentOf(pid).includes(line) ? [pid] : [];
  });
}

/** Reads the environment of a process; empty for a process of another user or one that has ended. */
function environmentOf(pid: number): string {
  try {
    return `\0${readFileSync(`/proc/${String(pid)}/environ`, 'latin1')}`;
  } catch {
    return '';
  }
}
