/** Paths → facts: everything that rules need to know, and the only part of the settings suite that reads files. */
import { realpath } from 'node:fs/promises';

import type { LeftOutFile, SettingsClient, SettingsFacts } from '../history/settings.ts';
import { HarnessError } from '../errors.ts';
import { earlierState } from './earlier-state.ts';
import { settingsFacts } from './facts.ts';
import { readFolders } from './folder.ts';

export interface ReadSettingsOptions {
  /** Folders, metadata files and zip files; relative to `cwd`. */
  readonly paths: readonly string[];
  readonly cwd: string;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  /** Git revision to compare with. */
  readonly since?: string;
  /** Earlier report or run folder to compare with. */
  readonly baseline?: string;
  /** What the configuration says of the client. `clientId` is compared with consumer keys and not kept. */
  readonly client?: SettingsClient & { readonly clientId?: string };
  readonly strict?: boolean;
  readonly extended?: boolean;
}

/**
 * Reads the metadata of all paths.
 * @throws HarnessError `settings-path`, `settings-none`, `settings-revision`, `settings-baseline`.
 */
export async function readSettings(options: ReadSettingsOptions): Promise<SettingsFacts> {
  const { paths, today, client, strict = false, extended = false } = options;
  // Files are found under their real paths, so places are relative to the real working directory.
  const cwd = await realpath(options.cwd);
  const clientId = client?.clientId;
  const read = settingsFacts(await readFolders(paths, cwd), clientId === undefined ? {} : { clientId });
  if (read.apps.length === 0 && read.problems.length === 0) throw nothingFound(read.leftOut ?? []);
  const baseline = await earlierState({ ...options, cwd }, read.apps);
  return {
    today,
    strict,
    extended,
    ...read,
    ...(baseline === undefined ? {} : { baseline }),
    ...(client === undefined ? {} : { client: withoutId(client) }),
  };
}

function withoutId({ kind, client, redirectUris, scopes }: SettingsClient): SettingsClient {
  return { kind, client, redirectUris, scopes };
}

function nothingFound(leftOut: readonly LeftOutFile[]): HarnessError {
  const [first] = leftOut;
  const hint =
    first === undefined
      ? 'Name the folder that holds connectedApps or externalClientApps, a zip of it, or retrieve the app first.'
      : `${first.file} was left out, since it is ${first.reason === 'forceignore' ? 'listed in .forceignore' : 'outside the packageDirectories of the project'}: name its folder to grade it.`;
  return new HarnessError(
    'settings-none',
    'There is no Connected App and no External Client App among these files.',
    hint,
  );
}
