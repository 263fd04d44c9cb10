/** Writes the files of a finished run: report.json and report.sig always, other formats on request. */
import type { KeyObject } from 'node:crypto';
import { copyFile, rm, stat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Report } from '../src/grade/report.ts';
import type { HistoryDigest } from '../src/history/chain.ts';
import type { Event } from '../src/history/event.ts';
import { readHistory } from '../src/history/read-history.ts';
import { HarnessError } from '../src/errors.ts';
import type { Format } from './format.ts';
import { chooseFormats, loadFormats } from './formats.ts';
import { attest, ATTESTATION_FILE } from './integrity/attestation.ts';
import { publicKeyOf, readSignature, signStatement } from './integrity/signature.ts';
import { readStatement, writeStatement } from './integrity/statement.ts';
import { format as json } from './json.format.ts';
import { makeFolder } from '../src/history/make-folder.ts';
import { replaceFile } from './replace-file.ts';

/** The Ed25519 private key that signs, or why nothing may be signed, as a clause: `its chain is broken at line 3`. */
export type Signing = { readonly key: KeyObject } | { readonly unsigned: string };

/** Options of `writeReports`. */
export interface WriteReportOptions {
  /** Folder of the run; created when missing. */
  readonly dir: string;
  /** The report; `writeReports` fills in `integrity`. */
  readonly report: Omit<Report, 'integrity'>;
  readonly history: readonly Event[];
  /** Digest of the file that `history` was read from. */
  readonly digest: HistoryDigest;
  /** Ids such as `html`; `json` is always written. */
  readonly formats: readonly string[];
  readonly signing: Signing;
  /** SHA-256 digests, by name, of further files in `dir` to sign. */
  readonly others?: Readonly<Record<string, string>> | undefined;
  /** History file to copy when `dir` has none (`report --out`). */
  readonly historyFrom?: string;
}

/** The result of `writeReports`. */
export interface WrittenReport {
  /** Absolute paths, report.json first, report.sig last. */
  readonly files: readonly string[];
  /** The report as written, with its signature. */
  readonly report: Report;
}

/** Writes the report in every format, each file atomically, and signs it last. Without a key an existing `report.sig` is kept unchanged.
 * @throws HarnessError `unknown-format`, `history-missing` when there is no history, `out-has-history` when the folder holds the history
 * of another run, `not-a-file` when a folder has the name of a file. */
export async function writeReports(options: WriteReportOptions): Promise<WrittenReport> {
  const { history, digest, signing } = options;
  const dir = resolve(options.dir);
  const formats = await formatsFor(options);
  await makeFolder(dir);
  await bringHistory(dir, options);

  const report: Report = { ...options.report, integrity: integrityOf(signing) };
  const reportPath = join(dir, json.file);
  const reportDigest = await replaceFile(reportPath, json.render({ report, history }));
  const digests = { history: digest.sha256, report: reportDigest };
  const others: Record<string, string> = { ...options.others };
  const files = [reportPath];
  for (const format of formats) {
    const path = join(dir, format.file);
    others[format.file] = await replaceFile(path, format.render({ report, history, digests }));
    files.push(path);
  }
  if ('unsigned' in signing) return { files, report };
  const attestation = attest({ report, reportDigest, history, historyDigest: digest }, signing.key);
  const attestationPath = join(dir, ATTESTATION_FILE);
  if (attestation === undefined) await rm(attestationPath, { force: true });
  else {
    others[ATTESTATION_FILE] = await replaceFile(attestationPath, attestation);
    files.push(attestationPath);
  }
  const signaturePath = join(dir, 'report.sig');
  const statement = writeStatement({ report: reportDigest, history: digest, others });
  await replaceFile(signaturePath, signStatement(statement, signing.key));
  return { files: [...files, signaturePath], report };
}

/** Returns the requested formats besides JSON, and those of an earlier signed report in the folder, which must be replaced with it. */
async function formatsFor({ dir, formats, signing }: WriteReportOptions): Promise<readonly Format[]> {
  const chosen = (await chooseFormats(formats)).filter(({ id }) => id !== json.id);
  const text = 'unsigned' in signing ? '' : await readFile(join(dir, 'report.sig'), 'utf8').catch(() => '');
  const { others = {} } = readStatement(readSignature(text)?.statement ?? '') ?? {};
  const old = [...(await loadFormats()).values()].filter((one) => one.file in others && !chosen.includes(one));
  const there = await Promise.all(old.map(({ file }) => isFile(join(dir, file))));
  return [...chosen, ...old.filter((_, index) => there[index])];
}

function integrityOf(signing: Signing): Report['integrity'] {
  const publicKey = 'unsigned' in signing ? '' : publicKeyOf(signing.key);
  const integrity = { algorithm: 'Ed25519', publicKey, signature: 'report.sig' } as const;
  return 'unsigned' in signing ? { ...integrity, unsigned: signing.unsigned } : integrity;
}

/** Copies the history when the folder has none. */
async function bringHistory(dir: string, { historyFrom, digest }: WriteReportOptions): Promise<void> {
  const path = join(dir, 'history.jsonl');
  if (historyFrom === undefined || resolve(historyFrom) === path) {
    if (await isFile(path)) return;
    const hint = 'Write the history first.';
    throw new HarnessError('history-missing', `${path} is missing, so there is nothing to report.`, hint, { exit: 70 });
  }
  if (!(await isFile(path))) return copyFile(historyFrom, path);
  if ((await readHistory(path)).digest.sha256 === digest.sha256) return;
  throw new HarnessError(
    'out-has-history',
    `${path} is the history of another run.`,
    'Name another folder with --out.',
  );
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
