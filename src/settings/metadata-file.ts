/** Determines the metadata type of a file by its name, in source format (`….eca-meta.xml`) and in metadata format (`….eca`). */
import type { LeftOutReason } from '../history/settings.ts';

/** Metadata types that hold settings of an app. */
export type MetadataType =
  | 'ConnectedApp'
  | 'ExternalClientApplication'
  | 'ExtlClntAppGlobalOauthSettings'
  | 'ExtlClntAppOauthSettings'
  | 'ExtlClntAppOauthConfigurablePolicies'
  | 'ExtlClntAppConfigurablePolicies'
  | 'ExtlClntAppOauthSecuritySettings'
  | 'OauthOidcSettings'
  /** A manifest, here of deletions. */
  | 'Package';

/** Suffix → root element (Metadata API Developer Guide; the registry of source-deploy-retrieve). */
const SUFFIXES: Readonly<Record<string, MetadataType>> = {
  connectedApp: 'ConnectedApp',
  eca: 'ExternalClientApplication',
  ecaGlblOauth: 'ExtlClntAppGlobalOauthSettings',
  ecaOauth: 'ExtlClntAppOauthSettings',
  ecaOauthPlcy: 'ExtlClntAppOauthConfigurablePolicies',
  ecaPlcy: 'ExtlClntAppConfigurablePolicies',
  ecaOauthSecurity: 'ExtlClntAppOauthSecuritySettings',
};

/** Suffixes that some guides recommend and no tool deploys. */
const MISTAKEN: Readonly<Record<string, MetadataType>> = {
  ecaGlobalOauth: 'ExtlClntAppGlobalOauthSettings',
  ecaGlblOAuth: 'ExtlClntAppGlobalOauthSettings',
  ecaGlobalOAuth: 'ExtlClntAppGlobalOauthSettings',
};

const TYPES = new Set<string>([...Object.values(SUFFIXES), 'OauthOidcSettings']);

/** The parts of a metadata file's name. */
export interface MetadataFileName {
  readonly type: MetadataType;
  /** Name without folder and suffix: the app's name for `ConnectedApp` and `ExternalClientApplication`. */
  readonly base: string;
  /** The right suffix, when the file has a wrong one. */
  readonly expectedSuffix?: string;
}

/** Parses the name of a metadata file. Undefined for a file unrelated to the settings of an app. */
export function metadataFileName(path: string): MetadataFileName | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1);
  // A file that macOS adds beside a file: its name without its content.
  if (file.startsWith('._')) return undefined;
  const name = file.replace(/-meta\.xml$/i, '');
  if (/^OauthOidc\.settings$/i.test(name)) return { type: 'OauthOidcSettings', base: 'OauthOidc' };
  if (/^destructiveChanges(?:Pre|Post)?\.xml$/i.test(file)) return { type: 'Package', base: 'destructiveChanges' };
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return undefined;
  const base = decodeName(name.slice(0, dot));
  const suffix = name.slice(dot + 1);
  const exact = Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined;
  if (exact !== undefined) return { type: exact, base };
  const known = [...Object.entries(SUFFIXES), ...Object.entries(MISTAKEN)].find(
    ([one]) => one.toLowerCase() === suffix.toLowerCase(),
  );
  if (known === undefined) return undefined;
  const expectedSuffix = Object.entries(SUFFIXES).find(([, type]) => type === known[1])?.[0] ?? known[0];
  return { type: known[1], base, expectedSuffix };
}

/** Returns the metadata type of a root element, for a file that the user named, whatever its name. */
export function metadataTypeOf(root: string): MetadataType | undefined {
  return TYPES.has(root) ? (root as MetadataType) : undefined;
}

/** Decodes characters that file systems do not allow and that are written as `%2F`. */
function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Types that must stay out of a package directory, so that projects list them in `.forceignore` although they deploy them. */
const NEVER_PACKAGED = new Set<MetadataType>([
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppOauthSecuritySettings',
]);

/** Returns whether a file that is left out for `reason` is read anyway, because a graded app may need it. */
export function isNeverPackaged(reason: LeftOutReason, path: string): boolean {
  const type = metadataFileName(path)?.type;
  return reason === 'forceignore' && type !== undefined && NEVER_PACKAGED.has(type);
}
