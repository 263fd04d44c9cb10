/** A process that makes a history of a given length, reads, grades and renders it, and says how long each took. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFormats } from '../../reports/formats.ts';
import { publicKeyOf } from '../../reports/integrity/signature.ts';
import { generateKeyPairSync } from 'node:crypto';
import { grade } from '../../src/grade/grade.ts';
import { DEFAULT_RULES } from '../../src/history/rules.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { loadRuleCatalogue } from '../../src/run/catalogue.ts';

const WRITER = fileURLToPath(new URL('write-history.ts', import.meta.url));

export interface GradingTimes {
  readonly events: number;
  readonly readMs: number;
  readonly gradeMs: number;
  readonly renderMs: number;
  /** Most that the process ever held while it read and graded, bytes; rendering comes after. */
  readonly peakBytes: number;
  /** Characters of what came piece by piece. */
  readonly rendered: number;
}

async function measureGrading(length: number): Promise<GradingTimes> {
  const catalogue = await loadRuleCatalogue(DEFAULT_RULES);
  const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-bench-'));
  try {
    const path = join(folder, 'history.jsonl');
    execFileSync(process.execPath, ['--no-warnings', WRITER, path, String(length)], { stdio: 'inherit' });
    globalThis.gc?.();
    const begun = performance.now();
    const { events } = await readHistory(path);
    const read = performance.now();
    const graded = grade(events, catalogue);
    const done = performance.now();
    const peakBytes = process.memoryUsage().rss;
    const { privateKey } = generateKeyPairSync('ed25519');
    const integrity = { algorithm: 'Ed25519', publicKey: publicKeyOf(privateKey), signature: 'report.sig' } as const;
    const formats = await loadFormats();
    const from = performance.now();
    let rendered = 0;
    for (const id of ['json', 'html', 'junit', 'markdown']) {
      const text = formats.get(id)?.render({ report: { ...graded, integrity }, history: events }) ?? '';
      // Texts that are made piece by piece are made by taking them.
      if (typeof text !== 'string') for (const part of text) rendered += part.length;
    }
    const renderMs = performance.now() - from;
    return { events: events.length, readMs: read - begun, gradeMs: done - read, renderMs, peakBytes, rendered };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.on('message', ({ length }: { readonly length: number }) => {
  measureGrading(length).then(
    (times) => process.send?.({ times }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
