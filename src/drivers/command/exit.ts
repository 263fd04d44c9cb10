/** Interprets the end of a command as the answer to its action (docs/contract.md, section 4). */
import { interrupted } from '../action.ts';
import type { ActionAnswer } from '../driver.ts';
import type { ProgramEnd } from '../process/program.ts';

/** Exit codes that mean "this client has no such action". */
const unsupported = [127, 89];

/** Returns the answer that a command's exit means.
 * @param lastError last line on standard error. */
export function answerOf(end: ProgramEnd, lastError: string | undefined): ActionAnswer {
  if (end.code === 0) return { result: 'ok' };
  if (end.stopped) return interrupted;
  if (end.code !== null && unsupported.includes(end.code)) return { result: 'unsupported' };
  if (end.code === null) return { result: 'died', error: `the command was ended by ${end.signal ?? 'a signal'}` };
  return { result: 'failed', error: lastError ?? `exit code ${end.code}` };
}

/** Returns the answer that the exit of `status` means: exit 0 is connected, others are not. */
export function statusOf(answer: ActionAnswer): ActionAnswer {
  if (answer.result === 'ok') return { result: 'ok', connected: true };
  return answer.result === 'failed' ? { ...answer, result: 'ok', connected: false } : answer;
}
