/** Paths → facts: everything that rules need to know, and the only part of the settings suite that reads files. */
import type { SettingsBaseline, SettingsClient, SettingsFacts } from '../history/settings.ts';
import { HarnessError } from '../errors.ts';
import { asBaseline, readEarlierReport } from './earlier-report.ts';
import { settingsFacts } from './facts.ts';
import { readFolders } from './folder.ts';
import { readRevision } from './git.ts';

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
  const { paths, cwd, today, client, strict = false, extended = false } = options;
  const clientId = client?.clientId;
  const read = settingsFacts(await readFolders(paths, cwd), clientId === undefined ? {} : { clientId });
  if (read.apps.length === 0 && read.problems.length === 0) {
    throw new HarnessError(
      'settings-none',
      'There is no Connected App and no External Client App among these files.',
      'Name the folder that holds connectedApps or externalClientApps, a zip of it, or retrieve the app first.',
    );
  }
  const baseline = await earlier(options);
  return {
    today,
    strict,
    extended,
    ...read,
    ...(baseline === undefined ? {} : { baseline }),
    ...(client === undefined ? {} : { client: withoutId(client) }),
  };
}

async function earlier({ paths, cwd, since, baseline }: ReadSettingsOptions): Promise<SettingsBaseline | undefined> {
  if (since !== undefined) {
    const { commit, at, source } = await readRevision(paths, cwd, since);
    return { source: `git ${commit.slice(0, 8)}`, at, apps: settingsFacts(source).apps.map(asBaseline) };
  }
  return baseline === undefined ? undefined : readEarlierReport(baseline, cwd);
}

function withoutId({ kind, client, redirectUris, scopes }: SettingsClient): SettingsClient {
  return { kind, client, redirectUris, scopes };
}
