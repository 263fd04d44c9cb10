import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadSigningKey } from '../../../reports/integrity/signing-key.ts';
import type { Signing } from '../../../reports/write.ts';
import { HarnessError } from '../../errors.ts';
import type { ReadHistory } from '../../history/read-history.ts';
import { openHistory } from '../../run/regrade.ts';
import { acceptedBefore, reportRun } from '../../run/report-run.ts';
import { whyNotSigned } from '../../run/sign-again.ts';
import type { Action, Invocation } from '../command.ts';
import { finish } from '../ending.ts';
import { runFolder } from '../run-folder.ts';

/** Grades a recorded history, in place or into `--out`. Signs only what was signed with the same key before.
 * @throws HarnessError `not-a-run`, `history-damaged`, `report-unsigned` (exit 2) */
export const action: Action = async (invocation) => {
  const { operands, flags, cwd, terminal, signal } = invocation;
  const from = await runFolder(cwd, operands[0] ?? '');
  const to = flags.out === undefined ? from : resolve(cwd, flags.out);
  const read = await openHistory(from, signal);
  const signing = await signingOf(from, read, invocation);
  if ('unsigned' in signing && flags.unsigned !== true && (await isSameFolder(from, to))) {
    throw new HarnessError(
      'report-unsigned',
      `The report in ${from} stays as it is: the run cannot be signed, because ${signing.unsigned}.`,
      'Write the report elsewhere with --out, or replace it with one that is not signed: --unsigned',
    );
  }
  const formats = flags.format ?? ['html', 'json', 'junit', 'markdown'];
  const baseline = await acceptedBefore(from);
  const { report, files, failOn } = await reportRun({ read, signing, from, to, formats, baseline });
  if ('unsigned' in signing) terminal.complain(`Not signed: ${signing.unsigned}.`);
  return finish({ report, files, failOn }, terminal, flags.json === true);
};

async function signingOf(from: string, read: ReadHistory, { flags, env }: Invocation): Promise<Signing> {
  if (flags.unsigned === true) return { unsigned: '--unsigned was given' };
  const { key } = await loadSigningKey(env);
  const unsigned = await whyNotSigned(from, read, key);
  return unsigned === undefined ? { key } : { unsigned };
}

/** Returns whether two paths name the same folder, for example through the link `latest`. */
async function isSameFolder(one: string, other: string): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  return (await real(one)) === (await real(other));
}
