/** Reports an error: what happened and what to do next, without a stack trace unless DEBUG is set. */
import { HarnessError } from '../errors.ts';
import type { Terminal } from './terminal.ts';
import { asTyped } from './typed-as.ts';

/** Writes the error to standard error; returns the exit code. */
export function reportError(
  error: unknown,
  terminal: Pick<Terminal, 'complain' | 'color'>,
  env: Readonly<Record<string, string | undefined>>,
): number {
  const red = terminal.color.err ? '\u001b[31merror:\u001b[39m' : 'error:';
  const debug = env['DEBUG'] !== undefined && env['DEBUG'] !== '';
  if (error instanceof HarnessError) {
    const said = error.said.length === 0 ? [] : ['The client said:', ...error.said.map((line) => `    ${line}`)];
    terminal.complain([`${red} ${error.message}`, ...said, asTyped(error.hint, env)].join('\n'));
    if (debug) terminal.complain(trace(error));
    return error.exit;
  }
  const what = error instanceof Error ? error.message : String(error);
  const hint = debug
    ? trace(error)
    : cannotWrite(error)
      ? 'The machine does not let it be written. Make room, or name another folder with --out; what was recorded can be graded: sf-conformance report RUN_DIR.'
      : 'This is a fault of the harness, not of the client. Set DEBUG=1 to see where it happened.';
  terminal.complain(`${red} ${what.split('\n')[0] ?? ''}\n${asTyped(hint, env)}`);
  return 70;
}

/** Returns whether the disk is full, over quota, read-only or failing. */
const cannotWrite = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO'].includes(String(error.code));

function trace(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by: ${trace(error.cause)}`;
}
