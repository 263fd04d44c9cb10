/** Reads a configuration file of any format, without validating it. */
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.ts';

/** Most bytes of a configuration file. */
export const MOST_BYTES = 1_048_576;
const SCRIPTS = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']);

/** Reads a configuration file by its extension: TypeScript and JavaScript are run, JSON may have comments, everything else is YAML.
 * @throws HarnessError `config-unreadable`, `config-too-large`, `config-syntax`, `config-threw`, `config-no-default`. */
export async function readConfig(file: string): Promise<unknown> {
  const text = await readBounded(file);
  const end = extname(file).toLowerCase();
  if (SCRIPTS.has(end)) return runScript(file);
  const parsed = /^\.jsonc?$/u.test(end)
    ? (await import('./json.ts')).parseJson(text)
    : (await import('./yaml.ts')).parseYaml(text);
  if (parsed.ok) return parsed.value;
  const place = parsed.line === undefined ? '' : `:${parsed.line}:${parsed.column ?? 1}`;
  throw new HarnessError('config-syntax', `${file}${place}: ${parsed.problem}.`, 'Fix the file at that place.');
}

async function readBounded(file: string): Promise<string> {
  let size: number;
  let text: string;
  try {
    size = (await stat(file)).size;
    text = size > MOST_BYTES ? '' : await readFile(file, 'utf8');
  } catch (cause) {
    throw new HarnessError('config-unreadable', `${file} cannot be read.`, 'Check that it is a file and may be read.', {
      cause,
    });
  }
  if (size > MOST_BYTES) {
    throw new HarnessError(
      'config-too-large',
      `${file} has ${size} bytes; at most ${MOST_BYTES} are read.`,
      'Name the right file with -c.',
    );
  }
  return text.replace(/^\uFEFF/u, '');
}

async function runScript(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const own = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../index.ts' : '../index.js', import.meta.url));
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false, alias: { 'sf-conformance': own } });
  let module: unknown;
  try {
    module = await jiti.import(file);
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new HarnessError(
      'config-threw',
      `${file} could not be run: ${why}`,
      'Fix the file; DEBUG=1 shows where it stopped.',
      { cause },
    );
  }
  if (typeof module === 'object' && module !== null && 'default' in module) return module.default;
  throw new HarnessError(
    'config-no-default',
    `${file} has no default export.`,
    'Write: export default defineConfig({ … })',
  );
}
