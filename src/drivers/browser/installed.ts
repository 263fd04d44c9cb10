/** Looks for a Chromium or Chrome that is installed on this machine. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Paths outside of PATH where installers put it. */
const usual: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Finds an installed Chromium.
 * @param path value of the PATH variable.
 * @returns the first that may be executed */
export async function installedChromium(
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const ending = platform === 'win32' ? '.exe' : '';
  const inPath = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name + ending)));
  for (const candidate of [...inPath, ...(usual[platform] ?? [])]) if (await executable(candidate)) return candidate;
  return undefined;
}

/** Returns whether the file exists and may be executed. */
export function executable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
