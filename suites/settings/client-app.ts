/** Finds the app of the client in the metadata: only that app can contradict the configuration. */
import type { SettingsApp, SettingsClient, SettingsFacts } from '../../src/history/settings.ts';
import { appWords } from './rule-switch.ts';
import type { SettingsFinding } from './rule.ts';

/** The app of the metadata that belongs to the configured client, or why there is none. */
export type ClientApp =
  | { readonly app: SettingsApp; readonly client: SettingsClient }
  | { readonly none: 'no-client' | 'no-app' | 'several' };

/** Finds the app of the client: by client id, else the only app of the client's kind, else the only app. */
export function clientApp({ apps, client }: SettingsFacts): ClientApp {
  if (client === undefined) return { none: 'no-client' };
  const withOauth = apps.filter((app) => app.oauth.length > 0);
  const byId = withOauth.filter((app) => app.oauth.some((oauth) => oauth.consumerKey === 'client'));
  const ofKind = withOauth.filter((app) => app.kind === client.kind);
  const chosen = byId.length > 0 ? byId : ofKind.length > 0 ? ofKind : withOauth;
  const [app] = chosen;
  if (app === undefined) return { none: 'no-app' };
  return chosen.length === 1 ? { app, client } : { none: 'several' };
}

/** Grades the client's app against its configuration; returns nothing when either is unknown. */
export function withClientApp(
  grade: (app: SettingsApp, client: SettingsClient, about: { readonly app: string }) => readonly SettingsFinding[],
): (facts: SettingsFacts) => readonly SettingsFinding[] {
  return (facts) => {
    const found = clientApp(facts);
    return 'app' in found ? grade(found.app, found.client, { app: found.app.name }) : [];
  };
}

/** Explains how the configuration contradicts the metadata: `The configuration says …; External Client App "X" …`. */
export function contradiction(app: SettingsApp, configuration: string, metadata: string): string {
  return `The configuration says ${configuration}, but ${appWords(app)} ${metadata}.`;
}
