/** Reads the baseline file of a configuration. */
import { readFile, stat } from 'node:fs/promises';
import { HarnessError } from '../errors.ts';
import { parseBaseline, type BaselineEntry } from './baseline.ts';

const MOST_BYTES = 1_048_576;

/** Reads the baseline; empty when the file does not exist and the configuration does not name it.
 * @throws HarnessError (exit 2) `baseline-not-found`, `baseline-too-large`, or as `parseBaseline`. */
export async function readBaseline(
  { path, named }: { readonly path: string; readonly named: boolean },
  ids: readonly string[],
): Promise<readonly BaselineEntry[]> {
  let size: number;
  try {
    size = (await stat(path)).size;
  } catch (cause) {
    if (!named) return [];
    throw new HarnessError(
      'baseline-not-found',
      `There is no baseline file ${path}.`,
      'Fix `baseline` in the configuration.',
      { cause },
    );
  }
  if (size > MOST_BYTES) {
    throw new HarnessError(
      'baseline-too-large',
      `${path} has ${size} bytes; at most ${MOST_BYTES} are read.`,
      'Name the right file.',
    );
  }
  return parseBaseline(await readFile(path, 'utf8'), path, ids);
}
