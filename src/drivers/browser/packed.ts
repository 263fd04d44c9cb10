/** The Chromium that comes in the npm package `@sparticuz/chromium`, with the libraries that it needs, for machines that have none. */
import { lstat, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executable } from './installed.ts';

export interface PackedChromium {
  readonly executablePath: string;
  /** Where it finds its libraries and fonts. */
  readonly env: Readonly<Record<string, string>>;
}

/** Read by the package when it is loaded: it then unpacks the libraries too. */
const platformName = 'AWS_Lambda_nodejs24.x';

/** Unpacks it into a folder of our own that later runs find again. Undefined: the package, or the machine for it, is not there. */
export async function packedChromium(): Promise<PackedChromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const version = await installedVersion();
  if (version === undefined) return undefined;
  const folder = join(tmpdir(), `sf-conformance-chromium-${version}-${String(process.getuid?.() ?? 0)}`);
  if (!(await ours(folder))) await unpack(folder);
  const executablePath = join(folder, 'chromium');
  if (!(await executable(executablePath))) return undefined;
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return { executablePath, env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') } };
}

async function installedVersion(): Promise<string | undefined> {
  try {
    const file = findPackageJSON('@sparticuz/chromium', import.meta.url);
    if (file === undefined) return undefined;
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { readonly version: string };
    return version;
  } catch {
    return undefined;
  }
}

/** A folder in a place that others can write to counts only when it belongs to this user and nobody else may change it. */
async function ours(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}

/** Into a new folder first, then under its name in one step: several runs may begin at once. */
async function unpack(folder: string): Promise<void> {
  const fresh = await mkdtemp(`${folder}-`);
  const before = { ...process.env };
  try {
    process.env['AWS_EXECUTION_ENV'] = platformName;
    process.env['TMPDIR'] = fresh;
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (!(await ours(folder))) throw error;
  } finally {
    // The package changes the environment of the whole process; the client must not inherit that.
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}
