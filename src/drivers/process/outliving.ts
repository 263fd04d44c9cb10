/** Processes that a client has started outside its process group: found by the state folder in their environment. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** So often it is looked for more: a process may start another one while it is ended. */
const rounds = 5;

/** Ends all processes whose `SF_STATE_DIR` is that folder, with SIGKILL. Returns their numbers. */
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
        // It has ended meanwhile.
      }
    }
  }
  return [...ended];
}

function processesWith(stateDir: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const line = `\0SF_STATE_DIR=${stateDir}\0`;
  return readdirSync('/proc').flatMap((name) => {
    const pid = /^\d+$/.test(name) ? Number(name) : process.pid;
    return pid !== process.pid && environmentOf(pid).includes(line) ? [pid] : [];
  });
}

/** Empty for a process of another user, and for one that has ended. */
function environmentOf(pid: number): string {
  try {
    return `\0${readFileSync(`/proc/${String(pid)}/environ`, 'latin1')}`;
  } catch {
    return '';
  }
}
