/** Verifies that a finished run is unchanged since it was signed, and names what was changed. */
import { createPublicKey } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HarnessError } from '../src/errors.ts';
import { scheduleTexts } from '../src/grade/schedule-texts.ts';
import { readHistory } from '../src/history/read-history.ts';
import { ATTESTATION_FILE, readAttestation } from './integrity/attestation.ts';
import { changedLine } from './integrity/changed-line.ts';
import { holds, readSignature, type Signature } from './integrity/signature.ts';
import { readStatement, sha256, type Statement } from './integrity/statement.ts';

/** The result of `verifyRun`. `publicKey`: who signed, as SubjectPublicKeyInfo, DER, base64. */
export type Verification =
  { readonly ok: true; readonly publicKey: string } | { readonly ok: false; readonly changes: readonly string[] };

/** Options of `verifyRun`. */
export interface VerifyOptions {
  /** Public keys (SubjectPublicKeyInfo, DER, base64) one of which must have signed. Default: any key. */
  readonly trusted?: readonly string[] | undefined;
  /** Stops reading. */
  readonly signal?: AbortSignal | undefined;
}

const FILES = ['report.json', 'history.jsonl', 'report.sig'] as const;

/** Checks signatures, digests and the hash chain. Files made from the report (`index.html` …) may be removed but not changed, and no file
 * may be added or replaced by a folder or a link.
 * @throws HarnessError `not-a-run` (exit 2) when fewer than two of report.json, history.jsonl and report.sig exist. */
export async function verifyRun(dir: string, { trusted, signal }: VerifyOptions = {}): Promise<Verification> {
  const kinds = new Map(await Promise.all(FILES.map(async (file) => [file, await kindOf(join(dir, file))] as const)));
  const missing = FILES.filter((file) => kinds.get(file) === 'missing');
  if (missing.length > 1)
    throw new HarnessError(
      'not-a-run',
      `${dir} is not the folder of a finished run: it has no ${missing.join(' and no ')}.`,
      'Name a folder that "run" or "report" wrote, such as reports/runs/latest.',
    );
  const changes: string[] = [];
  for (const [file, kind] of kinds) if (kind !== 'file') changes.push(notAFile(file, kind));

  const { signature, statement, trouble } = await readSigned(dir, kinds.get('report.sig') === 'file');
  changes.push(...trouble);
  if (signature !== undefined && trusted?.includes(signature.publicKey) === false)
    changes.push(`report.sig: it was signed with another key than the trusted ones, ${signature.publicKey}`);
  let derived: Readonly<Record<string, string>> = {};
  if (kinds.get('report.json') === 'file') changes.push(...(await reportChanges(dir, statement, signature?.publicKey)));
  if (kinds.get('history.jsonl') === 'file') {
    const read = await readHistory(join(dir, 'history.jsonl'), { signal });
    const change = changedLine(read, statement?.history);
    if (change === undefined) derived = scheduleTexts(read.events);
    else changes.push(change);
  }
  if (signature !== undefined && statement !== undefined) {
    changes.push(...(await otherChanges(dir, statement)), ...(await added(dir, statement, derived)));
    if (trouble.length === 0) changes.push(...(await attestationChanges(dir, statement, signature)));
  }
  return changes.length === 0 && signature !== undefined
    ? { ok: true, publicKey: signature.publicKey }
    : { ok: false, changes };
}

interface Signed {
  readonly signature?: Signature | undefined;
  readonly statement?: Statement | undefined;
  readonly trouble: readonly string[];
}

async function readSigned(dir: string, isThere: boolean): Promise<Signed> {
  if (!isThere) return { trouble: [] };
  const signature = readSignature(await readFile(join(dir, 'report.sig'), 'utf8'));
  const statement = signature && readStatement(signature.statement);
  if (signature === undefined || statement === undefined)
    return { trouble: ['report.sig: it does not hold a signature any more'] };
  const trouble = holds(signature) ? [] : ['report.sig: the signature does not fit its statement and public key'];
  return { signature, statement, trouble };
}

async function reportChanges(
  dir: string,
  statement: Statement | undefined,
  publicKey: string | undefined,
): Promise<readonly string[]> {
  const bytes = await readFile(join(dir, 'report.json'));
  const changes =
    statement !== undefined && sha256(bytes) !== statement.report ? ['report.json: it is not what was signed'] : [];
  let integrity: { readonly publicKey?: unknown; readonly unsigned?: unknown } | undefined;
  try {
    integrity = (JSON.parse(bytes.toString('utf8')) as { readonly integrity?: typeof integrity } | null)?.integrity;
  } catch {
    return [...changes, 'report.json: it is not JSON any more'];
  }
  if (typeof integrity?.unsigned === 'string')
    return [...changes, `report.json: it was written without a signature, because ${integrity.unsigned.slice(0, 300)}`];
  return publicKey !== undefined && integrity?.publicKey !== publicKey
    ? [...changes, 'public key: report.json names another than report.sig was signed with']
    : changes;
}

/** Returns the files made from the report that were changed. */
async function otherChanges(dir: string, { others }: Statement): Promise<readonly string[]> {
  const changes: string[] = [];
  for (const [file, digest] of Object.entries(others)) {
    const path = join(dir, file);
    const kind = await kindOf(path);
    if (kind === 'missing') continue;
    if (kind !== 'file') changes.push(notAFile(file, kind));
    else if (sha256(await readFile(path)) !== digest) changes.push(`${file}: it is not what was signed`);
  }
  return changes;
}

/** Returns the names in the folder that were not signed. Earlier versions did not sign schedules: those that follow from the signed
 * history are accepted.
 * @param derived texts, by file name, that follow from the history */
async function added(
  dir: string,
  { others }: Statement,
  derived: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const known = new Set<string>([...FILES, ...Object.keys(others)]);
  for (const [name, text] of Object.entries(derived)) {
    if (
      await readFile(join(dir, name), 'utf8').then(
        (found) => found === text,
        () => false,
      )
    )
      known.add(name);
  }
  const changes: string[] = [];
  const look = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(dir, folder), { withFileTypes: true })) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const holdsSigned = [...known].some((file) => file.startsWith(`${name}/`));
      if (holdsSigned && entry.isDirectory()) await look(name);
      else if (holdsSigned) changes.push(`${name}: it was replaced by something else than a folder`);
      else if (!known.has(name)) changes.push(`${name}: it was added after the run was signed`);
    }
  };
  await look('');
  return changes;
}

async function attestationChanges(
  dir: string,
  statement: Statement,
  { publicKey }: Signature,
): Promise<readonly string[]> {
  if (statement.others[ATTESTATION_FILE] === undefined) return [];
  const path = join(dir, ATTESTATION_FILE);
  if ((await kindOf(path)) !== 'file') return [];
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const subjects = readAttestation(await readFile(path, 'utf8'), key);
  if (subjects === undefined) return [`${ATTESTATION_FILE}: it is not signed with the key of report.sig`];
  const isSame = subjects['report.json'] === statement.report && subjects['history.jsonl'] === statement.history.sha256;
  return isSame ? [] : [`${ATTESTATION_FILE}: it attests another run`];
}

type Kind = 'file' | 'missing' | 'folder' | 'link' | 'special file';

async function kindOf(path: string): Promise<Kind> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  if (found.isFile()) return 'file';
  return found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'special file';
}

function notAFile(file: string, kind: Kind): string {
  return kind === 'missing' ? `${file}: it is missing` : `${file}: it was replaced by a ${kind}`;
}
