/** Decides whether a recorded run may be signed again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { holds, publicKeyOf, readSignature } from '../../reports/integrity/signature.ts';
import { readStatement } from '../../reports/integrity/statement.ts';
import { describeFault } from '../history/chain.ts';
import type { ReadHistory } from '../history/read-history.ts';

/** Returns why `key` may not sign the history in `dir`, as a clause; undefined when it may: the hash chain is intact, and the `report.sig`
 * beside it was made with this key for this history. */
export async function whyNotSigned(dir: string, read: ReadHistory, key: KeyObject): Promise<string | undefined> {
  const damage = damageOf(read);
  if (damage !== undefined) return damage;
  const text = await readFile(join(dir, 'report.sig'), 'utf8').catch(() => undefined);
  if (text === undefined) return 'it has no report.sig';
  const signature = readSignature(text);
  const statement = signature && readStatement(signature.statement);
  if (signature === undefined || statement === undefined || !holds(signature)) return 'its report.sig does not verify';
  if (signature.publicKey !== publicKeyOf(key)) return `it was signed with another key, ${signature.publicKey}`;
  return statement.history.sha256 === read.digest.sha256
    ? undefined
    : 'its history.jsonl is not the one that report.sig signs';
}

/** Describes the first thing in a history that no run writes; undefined when there is none. */
export function damageOf({ fault, oddities }: ReadHistory): string | undefined {
  if (fault !== undefined) return `history.jsonl, ${describeFault(fault)}`;
  return oddities[0] && `history.jsonl, ${oddities[0].what}`;
}
