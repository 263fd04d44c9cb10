/** The recorded histories of the sample reports, which the repository keeps compressed. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

import type { Event } from '../src/history/event.ts';
import { FIRST_LINK, linkOf } from '../src/history/chain.ts';

/** Folders of the samples below `reports/sample/`. */
export type SampleName = 'compliant' | 'failing';

/** Returns the path of the file that keeps a sample's history: Brotli, its lines without `prev`, which follows from them. */
export function keptHistoryPath(sample: SampleName): string {
  return fileURLToPath(new URL(`../reports/sample/${sample}/history.jsonl.br`, import.meta.url));
}

/** Returns `history.jsonl` of a sample, byte for byte as it was recorded. */
export function sampleHistory(sample: SampleName): string {
  let prev = FIRST_LINK;
  const linked = unpack(readFileSync(keptHistoryPath(sample))).map((line) => {
    const whole = `${line.slice(0, -1)},"prev":"${prev}"}`;
    prev = linkOf(whole);
    return whole;
  });
  return `${linked.join('\n')}\n`;
}

/** Returns the events of a sample. */
export function sampleEvents(sample: SampleName): readonly Event[] {
  return sampleHistory(sample)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
}

/** Returns what is kept of a history. */
export function packHistory(history: string): Buffer {
  const bare = history.replace(/,"prev":"[0-9a-f]{64}"\}$/gm, '}');
  return brotliCompressSync(bare, { params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } });
}

function unpack(packed: Buffer): readonly string[] {
  return brotliDecompressSync(packed).toString('utf8').trimEnd().split('\n');
}
