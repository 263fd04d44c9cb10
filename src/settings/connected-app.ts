/** Reads the metadata of one Connected App, which is a single file. */
import { oneLine } from '../../reports/text/printable.ts';
import type { SettingsApp, SettingsProblem } from '../history/settings.ts';
import { newestField } from './field-age.ts';
import type { MetadataFile } from './metadata-source.ts';
import { readOauthSettings } from './oauth-settings.ts';
import { connectedAppPolicy } from './refresh-token-policy.ts';
import { childrenOf, collapsed, misplacedSwitches, placeOf, textOf } from './switches.ts';
import type { XmlDocument, XmlElement } from './xml.ts';

/** Reads the metadata of a Connected App. `base` is the file's name without suffix, which is the name of the app. */
export function readConnectedApp(
  file: MetadataFile,
  base: string,
  { root, comments }: XmlDocument,
  clientId: string | undefined,
): { readonly app: SettingsApp; readonly problems: readonly SettingsProblem[] } {
  const configs = childrenOf(root, 'oauthConfig');
  const policy = childrenOf(root, 'oauthPolicy')[0];
  const second = configs[1];
  const scopes = configs.flatMap((config) => childrenOf(config, 'scopes'));
  const zero = policy !== undefined && textOf(policy, 'refreshTokenPolicy')?.toLowerCase() === 'zero';
  const refreshTokenPolicy = connectedAppPolicy(file.path, policy);
  const elsewhere = configs.length > 0 ? undefined : settingsElsewhere(file.path, root);
  const newest = newestField(root);
  const app: SettingsApp = {
    kind: 'connected-app',
    name: oneLine(base, 200),
    place: placeOf(file.path, root),
    declared: true,
    oauth: configs.slice(0, 10).map((config) => ({
      ...readOauthSettings(file, config, comments, clientId),
      ...(newest === undefined ? {} : { newestField: newest }),
    })),
    misplaced: misplacedSwitches(file.path, root, configs),
    shapes: [],
    scopes: scopes.map((scope) => oneLine(collapsed(scope.text), 80)).slice(0, 100),
    scopesPlace: placeOf(file.path, scopes[0] ?? configs[0] ?? root),
    ...(zero ? { refreshTokenZero: placeOf(file.path, childrenOf(policy, 'refreshTokenPolicy')[0] ?? policy) } : {}),
    tokenIpRanges: false,
    ...(refreshTokenPolicy === undefined ? {} : { refreshTokenPolicy }),
    ...(elsewhere === undefined ? {} : { settingsElsewhere: elsewhere }),
    addedAt: file.arrival?.at,
    addedWith: file.arrival === undefined ? undefined : { root: file.arrival.root, files: file.arrival.files },
  };
  const problems: SettingsProblem[] = [];
  if (second !== undefined) {
    const message = 'oauthConfig is in the file more than once; which one the platform takes cannot be determined.';
    problems.push({ code: 'repeated-section', message, place: placeOf(file.path, second) });
  }
  for (const child of root.children) {
    if (child.name.toLowerCase() !== 'oauthconfig' || configs.includes(child)) continue;
    const message =
      child.name === 'oauthConfig'
        ? 'oauthConfig is in another namespace than metadata, so it is not a section that the platform knows.'
        : `${oneLine(child.name, 40)} is no section that the platform knows: it is called oauthConfig.`;
    problems.push({ code: 'wrong-section', message, place: placeOf(file.path, child) });
  }
  return { app, problems: problems.slice(0, 10) };
}

/** Sections of an app that signs users in without OAuth. */
const WITHOUT_OAUTH = ['samlConfig', 'canvasConfig'];

/** Returns why a file without `oauthConfig` leaves open whether the app uses OAuth. In a second-generation managed package it holds only a
 * reference: `developerName`, `label` and `version`, without the contact that every app has. `oauthPolicy` occurs with OAuth only. */
function settingsElsewhere(file: string, root: XmlElement): SettingsApp['settingsElsewhere'] {
  const first = (...names: readonly string[]): XmlElement | undefined =>
    names.flatMap((name) => childrenOf(root, name))[0];
  const reference = first('developerName', 'version');
  if (reference !== undefined) return { reason: 'package-reference', place: placeOf(file, reference) };
  if (first(...WITHOUT_OAUTH) !== undefined) return undefined;
  const policy = first('oauthPolicy');
  if (policy !== undefined) return { reason: 'policy-only', place: placeOf(file, policy) };
  return first('contactEmail') === undefined ? { reason: 'package-reference', place: placeOf(file, root) } : undefined;
}
