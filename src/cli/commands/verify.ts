import { verifyRun } from '../../../reports/verify.ts';
import type { Action } from '../command.ts';
import { runFolder } from '../run-folder.ts';

/** 0: untouched. 1: changed, and what. @throws HarnessError `not-a-run` (exit 2) */
export const action: Action = async ({ operands: [typed = ''], flags, cwd, terminal, signal }) => {
  const dir = await runFolder(cwd, typed);
  const found = await verifyRun(dir, signal);
  if (flags.json === true) terminal.print(JSON.stringify(found, undefined, 2));
  else if (found.ok) terminal.print(`${dir} is as it was signed.\nSigned by ${found.publicKey}`);
  else
    terminal.print(
      [`${dir} was changed after it was signed:`, ...found.changes.map((line) => `  - ${line}`)].join('\n'),
    );
  return found.ok ? 0 : 1;
};
