/** Signals a process and everything it has started. */
import { spawnSync } from 'node:child_process';
import { here } from './platform.ts';

/** Signals the process group that `pid` leads. Does nothing when the group has ended. */
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
    // EPERM: the rest of the group is a zombie, or has changed its user.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
