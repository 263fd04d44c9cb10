/** Signals to a process and to everything that it has started. */
import { spawnSync } from 'node:child_process';
import { here } from './platform.ts';

/** Signals the group that `pid` leads. A group that is already gone is no error. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!here.processGroups) {
    const [program, ...args] = here.endTree(pid, signal === 'SIGKILL');
    spawnSync(program, args, { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // EPERM: what is left of the group is a zombie, or has given itself another user.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
