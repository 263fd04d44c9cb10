/** Reads everything that the rules need; the only part of the settings suite that reads files. */
import { realpath } from 'node:fs/promises';

import { appWords } from '../../suites/settings/rule-switch.ts';
import type { LeftOutReason, SettingsClient, SettingsFacts } from '../history/settings.ts';
import { HarnessError } from '../errors.ts';
import { earlierState } from './earlier-state.ts';
import { settingsFacts } from './facts.ts';
import { readFolders } from './folder.ts';
import { redactUrl } from './redact-url.ts';

/** Options of `readSettings`. */
export interface ReadSettingsOptions {
  /** Folders, metadata files and zip files, relative to `cwd`. */
  readonly paths: readonly string[];
  readonly cwd: string;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  /** Git revision to compare with. */
  readonly since?: string;
  /** Earlier report or run folder to compare with. */
  readonly baseline?: string;
  /** The configured client. `clientId` is compared with consumer keys and not kept. */
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
  if (read.apps.length === 0 && read.problems.length === 0) throw nothingFound(read);
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

/** Returns the part of the configuration that is kept: no client id, and no credentials in addresses. */
function withoutId({ kind, client, redirectUris, scopes, egress }: SettingsClient): SettingsClient {
  const kept = { kind, client, redirectUris: redirectUris.map((uri) => redactUrl(uri)), scopes };
  return egress === undefined ? kept : { ...kept, egress };
}

function nothingFound({ leftOut = [], deletions = [] }: Pick<SettingsFacts, 'leftOut' | 'deletions'>): HarnessError {
  const [first] = leftOut;
  const [deleted] = deletions;
  const hint =
    deleted !== undefined
      ? `${deleted.place.file} only deletes apps, such as ${appWords(deleted)}: name the folder of those that are left.`
      : first === undefined
        ? 'Name the folder that holds connectedApps or externalClientApps, a zip of it, or retrieve the app first.'
        : `${first.file} was left out, since it is ${WHY[first.reason]}.`;
  const message = 'There is no Connected App and no External Client App among these files.';
  return new HarnessError('settings-none', message, hint);
}

const WHY: Readonly<Record<LeftOutReason, string>> = {
  'outside-packages': 'outside the packageDirectories of the project: name its folder to grade it',
  forceignore: 'listed in .forceignore: name its folder to grade it',
  'not-an-app':
    'not the metadata of an app: name a .connectedApp file, a file of an External Client App, or their folder',
};
