/** Writes what a run leaves behind: report.json and report.sig always, other formats as asked for. */
import type { KeyObject } from 'node:crypto';
import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Report } from '../src/grade/report.ts';
import type { HistoryDigest } from '../src/history/chain.ts';
import type { Event } from '../src/history/event.ts';
import { HarnessError } from '../src/errors.ts';
import { chooseFormats } from './formats.ts';
import { publicKeyOf, signStatement } from './integrity/signature.ts';
import { loadSigningKey } from './integrity/signing-key.ts';
import { writeStatement } from './integrity/statement.ts';
import { format as json } from './json.format.ts';

export interface WriteReportOptions {
  /** Folder of the run; made when it is not there. */
  readonly dir: string;
  /** Its `integrity` is filled in here. */
  readonly report: Omit<Report, 'integrity'>;
  readonly history: readonly Event[];
  /** Of the file that `history` was read from. */
  readonly digest: HistoryDigest;
  /** Ids such as `html`; `json` is always written. */
  readonly formats: readonly string[];
  /** Ed25519 private key; default: the one of this installation. */
  readonly key?: KeyObject;
  /** History file to copy when `dir` has none (`report --out`). */
  readonly historyFrom?: string;
}

export interface WrittenReport {
  /** Absolute paths, report.json first, report.sig last. */
  readonly files: readonly string[];
  /** The report as it was written, signed. */
  readonly report: Report;
}

/**
 * Every file appears whole or not at all; the signature comes last.
 * @throws HarnessError `unknown-format`, `signing-key-unreadable`, or `history-missing` when there is no history to sign.
 */
export async function writeReports(options: WriteReportOptions): Promise<WrittenReport> {
  const dir = resolve(options.dir);
  const formats = (await chooseFormats(options.formats)).filter(({ id }) => id !== json.id);
  const key = options.key ?? (await loadSigningKey()).key;
  await mkdir(dir, { recursive: true });
  await bringHistory(dir, options.historyFrom);

  const report: Report = {
    ...options.report,
    integrity: { algorithm: 'Ed25519', publicKey: publicKeyOf(key), signature: 'report.sig' },
  };
  const reportPath = join(dir, json.file);
  const reportDigest = await replace(reportPath, json.render({ report, history: options.history }));
  const digests = { history: options.digest.sha256, report: reportDigest };
  const others: Record<string, string> = {};
  const files = [reportPath];
  for (const format of formats) {
    const path = join(dir, format.file);
    others[format.file] = await replace(path, format.render({ report, history: options.history, digests }));
    files.push(path);
  }
  await replace(
    join(dir, 'report.sig'),
    signStatement(writeStatement({ report: reportDigest, history: options.digest, others }), key),
  );
  return { files: [...files, join(dir, 'report.sig')], report };
}

async function bringHistory(dir: string, from: string | undefined): Promise<void> {
  const path = join(dir, 'history.jsonl');
  try {
    if ((await stat(path)).isFile()) return;
  } catch {
    if (from !== undefined) {
      await copyFile(from, path);
      return;
    }
  }
  throw new HarnessError(
    'history-missing',
    `${path} is not there, so nothing can be signed.`,
    'Write the history first.',
    {
      exit: 70,
    },
  );
}

/** Writes under another name and renames; returns the SHA-256 of what was written. */
async function replace(path: string, content: string | Iterable<string>): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  const digest = createHash('sha256');
  try {
    const file = await open(draft, 'wx');
    try {
      for (const part of typeof content === 'string' ? [content] : content) {
        const bytes = Buffer.from(part, 'utf8');
        digest.update(bytes);
        await file.writeFile(bytes);
      }
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return digest.digest('hex');
}
