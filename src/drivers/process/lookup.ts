/** Checks before the first scenario whether the client's command exists. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { here } from './platform.ts';

/** Checks that a command exists. @throws HarnessError `driver-folder-missing`, `driver-command-missing`, `driver-command-not-executable`. */
export async function requireCommand(
  command: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const [program = ''] = command;
  const folder = await stat(cwd).catch(() => undefined);
  if (folder?.isDirectory() !== true) {
    throw new HarnessError(
      'driver-folder-missing',
      `The driver's folder ${cwd} does not exist.`,
      'Correct `driver.cwd`.',
    );
  }
  let found = false;
  for (const candidate of candidates(program, cwd, env)) {
    const file = await stat(candidate).catch(() => undefined);
    if (file?.isFile() !== true) continue;
    found = true;
    if (await executable(candidate)) return;
  }
  if (found) {
    throw new HarnessError(
      'driver-command-not-executable',
      `The driver's command ${program} is there but may not be executed.`,
      'Make it executable (chmod +x), or put its interpreter first.',
    );
  }
  throw missing(program, cwd);
}

/** Creates the error for a command that does not exist. */
export function missing(program: string, cwd: string, cause?: unknown): HarnessError {
  const where = isPath(program) ? `in ${cwd}` : 'in PATH';
  return new HarnessError(
    'driver-command-missing',
    `The driver's command ${program} was not found ${where}.`,
    'Install it, or correct the command in `driver`; a relative path is relative to `driver.cwd`.',
    { cause },
  );
}

const isPath = (program: string): boolean => /[\\/]/.test(program);

function candidates(
  program: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const folders = isPath(program)
    ? [cwd]
    : pathOf(env)
        .split(delimiter)
        .map((folder) => resolve(cwd, folder));
  return folders.flatMap((folder) => here.programEndings.map((ending) => resolve(folder, program + ending)));
}

/** Returns the search path; Windows names the variable `Path`. */
function pathOf(env: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
}

async function executable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
