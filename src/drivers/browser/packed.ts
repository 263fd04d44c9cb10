/** Unpacks the Chromium of the npm package `@sparticuz/chromium` with its libraries, for machines that have none. */
import { lstat, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executable } from './installed.ts';

/** An unpacked Chromium, ready to start. */
export interface PackedChromium {
  readonly executablePath: string;
  /** Variables that point to its libraries and fonts. */
  readonly env: Readonly<Record<string, string>>;
}

/** The package reads this name when it is loaded, and then unpacks the libraries too. */
const platformName = 'AWS_Lambda_nodejs24.x';

/** Unpacks it into a folder that later runs reuse. Resolves with undefined when the package, or its build for this machine, is missing. */
export async function packedChromium(): Promise<PackedChromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const version = await installedVersion();
  if (version === undefined) return undefined;
  const folder = join(tmpdir(), `sf-conformance-chromium-${version}-with-fonts-${String(process.getuid?.() ?? 0)}`);
  if (!(await ours(folder))) await unpack(folder);
  const executablePath = join(folder, 'chromium');
  if (!(await executable(executablePath))) return undefined;
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return { executablePath, env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') } };
}

async function installedVersion(): Promise<string | undefined> {
  let entry: string;
  try {
    entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  } catch {
    return undefined;
  }
  // Node before 22.14 has no findPackageJSON, and the package does not export its package.json.
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
    const { name, version } = JSON.parse(text) as { readonly name?: string; readonly version?: string };
    if (name === '@sparticuz/chromium') return version;
  }
  return undefined;
}

/** Returns whether a folder in a shared place belongs to this user and no other user can write to it. */
async function ours(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}

/** Unpacks into a new folder and renames it in one step, because several runs may do so at the same time. */
async function unpack(folder: string): Promise<void> {
  const fresh = await mkdtemp(`${folder}-`);
  const before = { ...process.env };
  try {
    process.env['AWS_EXECUTION_ENV'] = platformName;
    process.env['TMPDIR'] = fresh;
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
    await writeFile(join(fresh, 'fonts', 'fonts.conf'), fontsIn(folder));
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (!(await ours(folder))) throw error;
  } finally {
    // The package changes the environment of this process; the client must not inherit that.
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}

/** Returns a fontconfig configuration that finds the package's fonts in `folder`: without fonts a page shows no text. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
