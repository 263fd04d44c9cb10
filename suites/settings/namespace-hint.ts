/** Recognizes files of one app whose names differ only by the namespace of a package. */
import type { SettingsApp } from '../../src/history/settings.ts';
import { namespaceTwin } from './same-app.ts';

/** Returns a sentence that names the app that differs from this one only by a namespace; undefined when there is none. */
export function namespaceHint(app: SettingsApp, apps: readonly SettingsApp[]): string | undefined {
  const twin = namespaceTwin(app, apps);
  if (twin === undefined) return undefined;
  const [longer, shorter] = app.name.length > twin.name.length ? [app.name, twin.name] : [twin.name, app.name];
  return `"${longer}" and "${shorter}" differ only by a namespace: if they are one app, write the same name in externalClientApplication of its files as its .eca file has.`;
}
