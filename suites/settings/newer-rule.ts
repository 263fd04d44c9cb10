/** Values and functions that the rules of the set `sf-partner-2026-11` share. */
import type { OauthSettings, SettingsApp } from '../../src/history/settings.ts';
import { appWords, RETRIEVE_NEWER_WITH } from './rule-switch.ts';
import type { SettingsFinding } from './rule.ts';
import { isShownByAnother, retrieveWhole } from './settings-elsewhere.ts';

/** Ids of the requirement sets that include these rules. */
export const NEWER: readonly string[] = ['sf-partner-2026-11'];

/** Says how to get metadata that is not among the files. */
export function retrieveToo(type: string): string {
  return `Retrieve ${type} of the app into a temporary folder (API version ${String(RETRIEVE_NEWER_WITH)} or newer), and name that folder too.`;
}

/** Returns whether the app has OAuth settings, in these files or in others. */
export function usesOauth(app: SettingsApp): boolean {
  if (app.oauthPluginOff !== undefined) return false;
  return app.oauth.length > 0 || app.kind === 'external-client-app' || app.settingsElsewhere !== undefined;
}

/** Grades each place that holds the app's OAuth settings; returns an open finding for an app whose settings are not among the files. */
export function eachOauth(
  apps: readonly SettingsApp[],
  what: string,
  grade: (app: SettingsApp, oauth: OauthSettings) => SettingsFinding,
): readonly SettingsFinding[] {
  return apps.filter(usesOauth).flatMap((app): readonly SettingsFinding[] => {
    if (app.oauth.length > 0) return app.oauth.map((oauth) => grade(app, oauth));
    const message = `${appWords(app)}: its OAuth settings are not among the files, so they do not show ${what}.`;
    const { settingsElsewhere } = app;
    if (settingsElsewhere !== undefined && isShownByAnother(app, apps)) return [];
    const remedy =
      settingsElsewhere === undefined
        ? retrieveToo('ExtlClntAppGlobalOauthSettings')
        : retrieveWhole(settingsElsewhere);
    return [{ app: app.name, place: app.place, verdict: 'inconclusive', message, remedy }];
  });
}
