/** Connected Apps whose file does not hold their settings: a reference to a packaged app, or a policy alone. */
import type { SettingsApp } from '../../src/history/settings.ts';
import { RETRIEVE_NEWER_WITH } from './rule-switch.ts';
import { isSameApp, namespaceTwin } from './same-app.ts';

/** Returns whether another file holds the settings of the same app, with or without its namespace. */
export function isShownByAnother(app: SettingsApp, apps: readonly SettingsApp[]): boolean {
  const complete = apps.filter(({ kind, oauth }) => kind === 'connected-app' && oauth.length > 0);
  return complete.some((other) => isSameApp(other, app)) || namespaceTwin(app, complete) !== undefined;
}

/** Says how to get the file that holds the settings. */
export function retrieveWhole({ reason }: NonNullable<SettingsApp['settingsElsewhere']>): string {
  const where =
    reason === 'package-reference'
      ? 'from the packaging org, where the app was created (without the namespace in its name)'
      : 'from the org in which the app was created';
  return `Retrieve the app ${where}: sf project retrieve start --metadata "ConnectedApp:<name>" --api-version ${String(RETRIEVE_NEWER_WITH)}.0 --output-dir <temporary folder>; then grade that folder.`;
}
