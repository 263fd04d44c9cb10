/** Reads and records the settings of the app in a client's run: read before the client is started, recorded as the scenario `settings`. */
import type { LoadedConfig } from '../config/load.ts';
import type { SettingsFacts } from '../history/settings.ts';
import type { Selection } from '../history/event.ts';
import type { Log } from '../history/log.ts';

/** Reads the facts of `app.metadata`; undefined when the configuration has none or the suite is not selected.
 * @throws HarnessError `settings-path`, `settings-none`. */
export async function readAppSettings(
  { app, dir }: LoadedConfig,
  selection: Selection,
  today: string,
): Promise<SettingsFacts | undefined> {
  const selected = selection.suites?.includes('settings') ?? true;
  if (app.metadata.length === 0 || !selected) return undefined;
  const { readSettings } = await import('../settings/read-settings.ts');
  const { kind, client, redirectUris, scopes, clientId, egress } = app;
  return readSettings({
    paths: app.metadata,
    cwd: dir,
    today,
    client: { kind, client, redirectUris, scopes, clientId, ...(egress === undefined ? {} : { egress }) },
  });
}

/** Records the settings as a scenario. */
export function recordAppSettings(facts: SettingsFacts, log: Log): void {
  const scenario = 'settings';
  log.append(
    { kind: 'scenario-begin', title: 'The settings of the app, as its metadata says', mode: 'strict' },
    scenario,
  );
  log.append({ kind: 'settings', facts }, scenario);
  log.append({ kind: 'scenario-end', outcome: 'completed', durationMs: 0 }, scenario);
}
