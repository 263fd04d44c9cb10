/** Signals to a process and to everything that it has started. */
import { spawnSync } from 'node:child_process';

/** Whether children get a process group of their own, which `signalGroup` reaches as a whole. */
export const ownGroup = process.platform !== 'win32';

/** Signals the group that `pid` leads. A group that is already gone is no error. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!ownGroup) {
    const force = signal === 'SIGKILL' ? ['/F'] : [];
    spawnSync('taskkill', ['/PID', String(pid), '/T', ...force], { stdio: 'ignore' });
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
