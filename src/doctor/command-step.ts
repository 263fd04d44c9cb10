/** Checks whether the programs that the driver starts exist. */
import { resolve } from 'node:path';
import type { DriverConfig } from '../drivers/config.ts';
import { requireCommand } from '../drivers/process/lookup.ts';
import { HarnessError } from '../errors.ts';
import { notOk, ok, type Step } from './step.ts';

interface Program {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const ID = 'command';
const TITLE = 'Command';

/** Checks that the command of the client can be started; undefined for a driver that starts nothing. */
export async function commandStep(
  driver: DriverConfig,
  dir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Step | undefined> {
  const programs = programsOf(driver);
  if (programs.length === 0) return undefined;
  try {
    for (const one of programs) await requireCommand(one.command, resolve(dir, one.cwd), { ...env, ...one.env });
  } catch (error) {
    if (error instanceof HarnessError) return notOk(ID, TITLE, error.message, error.hint);
    throw error;
  }
  return ok(ID, TITLE, [...new Set(programs.map(({ command }) => command[0] ?? ''))].join(', '));
}

function programsOf(driver: DriverConfig): readonly Program[] {
  switch (driver.type) {
    case 'adapter':
      return [driver];
    case 'command': {
      const { authorize, call, refresh, status, disconnect, cwd, env } = driver;
      return [authorize, call, refresh, status, disconnect].flatMap((command) =>
        command === undefined ? [] : [{ command, cwd, env }],
      );
    }
    case 'http':
    case 'browser':
      return driver.start === undefined ? [] : [driver.start];
    case 'manual':
      return [];
  }
}
