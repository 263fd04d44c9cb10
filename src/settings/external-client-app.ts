/** Joins the files of External Client Apps by the element `externalClientApplication`, never by file name. */
import { oneLine } from '../../reports/text/printable.ts';
import type {
  IpAllowlist,
  OauthSettings,
  Place,
  SettingsApp,
  SettingsProblem,
  WrongShape,
} from '../history/settings.ts';
import type { MetadataFile } from './metadata-source.ts';
import type { MetadataFileName } from './metadata-file.ts';
import { readOauthSettings } from './oauth-settings.ts';
import { clientAppPolicy } from './refresh-token-policy.ts';
import { childrenOf, misplacedSwitches, placeOf, readSwitch, textOf } from './switches.ts';
import type { XmlDocument, XmlElement } from './xml.ts';

/** One file of an External Client App. */
export interface EcaPart {
  readonly file: MetadataFile;
  readonly name: MetadataFileName;
  readonly document: XmlDocument;
}

/** Leaves out the parts that their project ignores, unless a graded app has no other part of that type: files that must not be packaged
 * are often listed in `.forceignore`. */
export function neededParts(parts: readonly EcaPart[]): readonly EcaPart[] {
  const source = parts.filter(({ file }) => file.leftOut === undefined);
  const apps = new Set(source.map((part) => appOf(part)));
  const typed = new Set(source.map((part) => `${part.name.type} ${appOf(part)}`));
  return parts.filter(
    (part) =>
      part.file.leftOut === undefined || (apps.has(appOf(part)) && !typed.has(`${part.name.type} ${appOf(part)}`)),
  );
}

/** Returns the developer name for comparison without regard to case, as Salesforce compares it. */
function appOf(part: EcaPart): string {
  return nameOf(part).toLowerCase();
}

function nameOf(part: EcaPart): string {
  const named = isDeclaration(part) ? undefined : textOf(part.document.root, 'externalClientApplication');
  return named ?? oneLine(part.name.base, 200);
}

type Growing = {
  -readonly [K in keyof SettingsApp]: SettingsApp[K] extends readonly (infer T)[] ? T[] : SettingsApp[K];
};

/** Joins the parts of all apps, wherever they were found. Apps are in the order of their first part. */
export function joinExternalClientApps(
  parts: readonly EcaPart[],
  clientId: string | undefined,
): { readonly apps: readonly SettingsApp[]; readonly problems: readonly SettingsProblem[] } {
  const apps = new Map<string, Growing>();
  const problems: SettingsProblem[] = [];
  // Declarations first, so that an app's place is the file that declares it.
  const order = [...parts].sort((a, b) => Number(isDeclaration(b)) - Number(isDeclaration(a)));
  for (const part of order) {
    const place = placeOf(part.file.path, part.document.root);
    if (!isDeclaration(part) && textOf(part.document.root, 'externalClientApplication') === undefined) {
      problems.push({
        code: 'no-app-named',
        message: 'It does not say which app it belongs to: the element externalClientApplication is missing.',
        place,
      });
    }
    if (!isDeclaration(part) && childrenOf(part.document.root, 'externalClientApplication').length > 1) {
      problems.push({
        code: 'repeated-section',
        message:
          'It names its app more than once (externalClientApplication); which one it belongs to cannot be determined.',
        place,
      });
    }
    const app = apps.get(appOf(part)) ?? started(nameOf(part), place, part);
    apps.set(appOf(part), app);
    take(app, part, clientId);
  }
  return { apps: [...apps.values()], problems };
}

function isDeclaration(part: EcaPart): boolean {
  return part.name.type === 'ExternalClientApplication';
}

function started(name: string, place: Place, part: EcaPart): Growing {
  return {
    kind: 'external-client-app',
    name,
    place,
    declared: isDeclaration(part),
    oauth: [],
    misplaced: [],
    shapes: [],
    scopes: [],
    scopesPlace: place,
    tokenIpRanges: false,
  };
}

function take(app: Growing, part: EcaPart, clientId: string | undefined): void {
  const { file, name, document } = part;
  const { root } = document;
  const isGlobal = name.type === 'ExtlClntAppGlobalOauthSettings';
  // A wrong suffix is one finding for the whole file, not one for each switch in it.
  app.misplaced.push(...misplacedSwitches(file.path, root, isGlobal ? [root] : []));
  app.shapes.push(...wrongShapes(part));
  switch (name.type) {
    case 'ExtlClntAppGlobalOauthSettings':
      if (name.expectedSuffix === undefined)
        app.oauth.push(readOauthSettings(file, root, document.comments, clientId) satisfies OauthSettings);
      break;
    case 'ExtlClntAppOauthSettings': {
      const element = childrenOf(root, 'commaSeparatedOauthScopes')[0];
      const scopes = (textOf(root, 'commaSeparatedOauthScopes', 2000) ?? '').split(',').map((one) => one.trim());
      app.scopes.push(...scopes.filter((one) => one !== '').slice(0, 100));
      if (element !== undefined) app.scopesPlace = placeOf(file.path, element);
      break;
    }
    case 'ExtlClntAppOauthConfigurablePolicies': {
      const refreshTokenPolicy = clientAppPolicy(file.path, root);
      // A project may keep one file for each org: the worse of them counts.
      if (refreshTokenPolicy !== undefined && app.refreshTokenPolicy?.type !== 'infinite') {
        app.refreshTokenPolicy = refreshTokenPolicy;
      }
      const policy = childrenOf(root, 'refreshTokenPolicyType')[0];
      if (policy !== undefined && textOf(root, 'refreshTokenPolicyType')?.toLowerCase() === 'zero') {
        app.refreshTokenZero = placeOf(file.path, policy);
      }
      break;
    }
    case 'ExtlClntAppConfigurablePolicies': {
      const plugin = readSwitch(file.path, root, 'isOauthPluginEnabled');
      if (plugin.state === 'false') app.oauthPluginOff = plugin.place;
      break;
    }
    case 'ExtlClntAppOauthSecuritySettings':
      if (app.ipAllowlist?.ranges.length !== 0) app.ipAllowlist = ipAllowlist(file.path, root);
      app.tokenIpRanges = app.ipAllowlist.ranges.length > 0;
      break;
    default:
  }
}

/** Most address ranges that are kept; Salesforce allows 128. */
const MAX_RANGES = 200;

function ipAllowlist(file: string, root: XmlElement): IpAllowlist {
  const all = childrenOf(root, 'tokenIpRanges');
  const ranges = all.slice(0, MAX_RANGES).map((element) => {
    const start = textOf(element, 'startIpAddress', 80) ?? '';
    return { start, end: textOf(element, 'endIpAddress', 80) ?? '', place: placeOf(file, element) };
  });
  const place = placeOf(file, root);
  return all.length <= MAX_RANGES ? { place, ranges } : { place, ranges, more: all.length - MAX_RANGES };
}

/** Finds structures that some guides recommend and Salesforce does not read. */
function wrongShapes({ file, name, document: { root } }: EcaPart): readonly WrongShape[] {
  const at = (element: XmlElement): Place => placeOf(file.path, element);
  const shapes: WrongShape[] = [];
  if (name.expectedSuffix !== undefined && name.type === 'ExtlClntAppGlobalOauthSettings') {
    shapes.push({
      bearing: 'switches',
      what: `The suffix of the file is not .${name.expectedSuffix}, so no tool takes it for the global OAuth settings`,
      place: at(root),
    });
  }
  for (const child of root.children) {
    if (name.type === 'ExternalClientApplication' && child.name === 'oauthSettings') {
      shapes.push({
        bearing: 'switches',
        what: 'oauthSettings is not an element of ExternalClientApplication',
        place: at(child),
      });
    }
    if (name.type === 'ExtlClntAppOauthSettings' && ['scopes', 'isRefreshTokenEnabled'].includes(child.name)) {
      shapes.push({
        bearing: 'other',
        what: `${child.name} is not an element of ExtlClntAppOauthSettings`,
        place: at(child),
      });
    }
  }
  return shapes.slice(0, 20);
}
