/** Tells whether a finished run is as it was signed, and if not, what was changed. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { HarnessError } from '../src/errors.ts';
import { readHistory } from '../src/history/read-history.ts';
import { changedLine } from './integrity/changed-line.ts';
import { holds, readSignature } from './integrity/signature.ts';
import { readStatement, sha256 } from './integrity/statement.ts';
import type { Statement } from './integrity/statement.ts';

/** `publicKey`: who signed, as SubjectPublicKeyInfo, DER, base64. */
export type Verification =
  { readonly ok: true; readonly publicKey: string } | { readonly ok: false; readonly changes: readonly string[] };

const FILES = ['report.json', 'history.jsonl', 'report.sig'] as const;

/**
 * Checks signature, digests and hash chain. Files made from the report (`index.html` …) may be taken away, but not changed.
 * @throws HarnessError `not-a-run` (exit 2) when fewer than two of report.json, history.jsonl and report.sig are there.
 */
export async function verifyRun(dir: string, signal?: AbortSignal): Promise<Verification> {
  const there = await Promise.all(FILES.map(async (file) => ((await isFile(join(dir, file))) ? file : undefined)));
  const missing = FILES.filter((file) => !there.includes(file));
  if (missing.length > 1)
    throw new HarnessError(
      'not-a-run',
      `${dir} is not the folder of a finished run: it has no ${missing.join(' and no ')}.`,
      'Name a folder that "run" or "report" wrote, such as reports/runs/latest.',
    );
  const changes: string[] = missing.map((file) => `${file}: it is missing`);

  const signature = missing.includes('report.sig')
    ? undefined
    : readSignature(await readFile(join(dir, 'report.sig'), 'utf8'));
  const statement = signature === undefined ? undefined : readStatement(signature.statement);
  if (!missing.includes('report.sig') && statement === undefined)
    changes.push('report.sig: it holds no signature any more');
  if (signature !== undefined && statement !== undefined && !holds(signature))
    changes.push('report.sig: the signature does not fit its statement and public key');

  if (!missing.includes('report.json')) changes.push(...(await reportChanges(dir, statement, signature?.publicKey)));
  if (!missing.includes('history.jsonl')) {
    const change = changedLine(await readHistory(join(dir, 'history.jsonl'), { signal }), statement?.history);
    if (change !== undefined) changes.push(change);
  }
  for (const [file, digest] of Object.entries(statement?.others ?? {})) {
    const path = join(dir, file);
    if ((await isFile(path)) && sha256(await readFile(path)) !== digest)
      changes.push(`${file}: it is not what was signed`);
  }
  return changes.length === 0 && signature !== undefined
    ? { ok: true, publicKey: signature.publicKey }
    : { ok: false, changes };
}

async function reportChanges(
  dir: string,
  statement: Statement | undefined,
  publicKey: string | undefined,
): Promise<string[]> {
  const changes: string[] = [];
  const bytes = await readFile(join(dir, 'report.json'));
  if (statement !== undefined && sha256(bytes) !== statement.report)
    changes.push('report.json: it is not what was signed');
  let named: unknown;
  try {
    named = (JSON.parse(bytes.toString('utf8')) as { readonly integrity?: { readonly publicKey?: unknown } } | null)
      ?.integrity?.publicKey;
  } catch {
    changes.push('report.json: it is no JSON any more');
    return changes;
  }
  if (publicKey !== undefined && named !== publicKey)
    changes.push('public key: report.json names another than report.sig was signed with');
  return changes;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
