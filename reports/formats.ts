/** Finds the report formats: every `<id>.format.ts` in this folder exports one as `format`; there is no list to maintain. */
import { HarnessError } from '../src/errors.ts';
import { modulesIn } from '../src/modules-in.ts';
import type { Format } from './format.ts';

/** Loads all formats by id, in alphabetical order. */
export async function loadFormats(): Promise<ReadonlyMap<string, Format>> {
  const formats = new Map<string, Format>();
  for (const { module } of await modulesIn(import.meta.dirname, '*.format.ts')) {
    const { format } = module as { readonly format: Format };
    formats.set(format.id, format);
  }
  return formats;
}

/** Returns the requested formats, each once.
 * @throws HarnessError `unknown-format` for an id without a file. */
export async function chooseFormats(ids: readonly string[]): Promise<readonly Format[]> {
  const all = await loadFormats();
  return [...new Set(ids)].map((id) => {
    const format = all.get(id);
    if (format === undefined)
      throw new HarnessError(
        'unknown-format',
        `There is no report format "${id.slice(0, 60)}".`,
        `Choose among ${[...all.keys()].join(', ')}.`,
      );
    return format;
  });
}
