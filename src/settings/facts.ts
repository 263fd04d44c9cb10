/** Converts metadata files into facts. Pure. */
import { oneLine } from '../../reports/text/printable.ts';
import type {
  Deletion,
  LeftOutFile,
  Place,
  SettingsApp,
  SettingsFacts,
  SettingsProblem,
  SwitchFact,
} from '../history/settings.ts';
import { readConnectedApp } from './connected-app.ts';
import { readDeletions } from './deletions.ts';
import { joinExternalClientApps, neededParts, type EcaPart } from './external-client-app.ts';
import { metadataFileName, metadataTypeOf, type MetadataFileName } from './metadata-file.ts';
import type { MetadataFile, MetadataSource } from './metadata-source.ts';
import { METADATA, placeOf, readSwitch } from './switches.ts';
import { readXml, type XmlDocument } from './xml.ts';

/** Most apps of one project; the facts report when there are more. */
const MAX_APPS = 500;
/** Most XML elements of all files together; a file of an app has some dozens. A small zip file can expand to many times as many. */
const MAX_ELEMENTS = 400_000;

/** Returns the facts of all files together. `clientId` is compared with consumer keys and not kept. */
export function settingsFacts(
  source: MetadataSource,
  options: { readonly clientId?: string } = {},
): Pick<SettingsFacts, 'apps' | 'problems' | 'org' | 'files' | 'leftOut' | 'deletions'> {
  const connected: SettingsApp[] = [];
  const parts: EcaPart[] = [];
  const problems: SettingsProblem[] = [...source.problems];
  const org: SwitchFact[] = [];
  const deletions: Deletion[] = [];
  const others: LeftOutFile[] = [];
  let files = 0;
  let elements = 0;
  for (const file of source.files) {
    if (elements > MAX_ELEMENTS) {
      const message = `All files together have more than ${String(MAX_ELEMENTS)} elements; this one and the rest were not read.`;
      problems.push({ code: 'too-many', message, place: { file: file.path, line: 1, column: 1 } });
      break;
    }
    const opened = open(file);
    if ('reason' in opened) {
      others.push({ file: file.path, reason: opened.reason });
      continue;
    }
    if ('problem' in opened) {
      files += 1;
      problems.push(opened.problem);
      continue;
    }
    const { name, document } = opened;
    elements += document.elements;
    if (name.type === 'Package') {
      deletions.push(...readDeletions(file.path, document.root));
      continue;
    }
    files += 1;
    if (name.type === 'ConnectedApp') {
      const read = readConnectedApp(file, name.base, document, options.clientId);
      connected.push(read.app);
      problems.push(...read.problems);
    } else if (name.type === 'OauthOidcSettings') {
      org.push(readSwitch(file.path, document.root, 'isPkceRequired'));
    } else {
      parts.push({ file, name, document });
    }
    problems.push(...wrongSuffix(name, placeOf(file.path, document.root)));
  }
  const needed = neededParts(parts);
  const leftOut = [
    ...(source.leftOut ?? []),
    ...others,
    ...parts.flatMap((part) =>
      part.file.leftOut === undefined || needed.includes(part)
        ? []
        : [{ file: part.file.path, reason: part.file.leftOut }],
    ),
  ];
  const joined = joinExternalClientApps(needed, options.clientId);
  const apps = [...connected, ...joined.apps];
  problems.push(...joined.problems, ...tooManyApps(apps));
  return {
    files: files - (parts.length - needed.length),
    apps: apps.slice(0, MAX_APPS),
    problems: problems.slice(0, 500),
    org,
    leftOut: leftOut.slice(0, 500),
    deletions: deletions.slice(0, 500),
  };
}

/** Returns the problem of a file whose name no tool deploys; empty when the name is right. */
function wrongSuffix({ type, expectedSuffix }: MetadataFileName, place: Place): readonly SettingsProblem[] {
  if (expectedSuffix === undefined || type === 'ExtlClntAppGlobalOauthSettings') return [];
  const message = `The suffix should be .${expectedSuffix}; as it is, no tool deploys the file.`;
  return [{ code: 'wrong-suffix', message, place }];
}

/** Returns the problem of a project with more apps than are graded; empty when all are. */
function tooManyApps(apps: readonly SettingsApp[]): readonly SettingsProblem[] {
  if (apps.length <= MAX_APPS) return [];
  const message = `There are ${String(apps.length)} apps; only the first ${String(MAX_APPS)} were graded.`;
  return [{ code: 'too-many', message, place: apps[MAX_APPS]?.place ?? { file: '', line: 1, column: 1 } }];
}

type Opened =
  | { readonly name: MetadataFileName; readonly document: XmlDocument }
  | { readonly problem: SettingsProblem }
  /** The user named the file, and it is not the metadata of an app. */
  | { readonly reason: 'not-an-app' };

function open(file: MetadataFile): Opened {
  const byName = metadataFileName(file.path);
  const reading = readXml(file.bytes);
  if ('problem' in reading) {
    const { line, column, code, message } = reading.problem;
    if (byName === undefined && !speaksOfApps(file.bytes)) return { reason: 'not-an-app' };
    return { problem: { code, message, place: { file: file.path, line, column }, ...declared(byName) } };
  }
  const { root } = reading.document;
  const type = metadataTypeOf(root.name);
  const name = byName ?? (type === undefined ? undefined : { type, base: baseName(file.path) });
  if (name === undefined) return { reason: 'not-an-app' };
  const place = placeOf(file.path, root);
  if (root.name !== name.type) {
    const message = `The root element is ${oneLine(root.name, 80)}; a file of this name holds ${name.type}.`;
    return { problem: { code: 'wrong-root', message, place, ...declared(byName) } };
  }
  if (root.namespace !== METADATA) {
    const found = root.namespace === '' ? 'no namespace' : `the namespace "${oneLine(root.namespace, 120)}"`;
    const message = `The root element is in ${found}; metadata is in "${METADATA}".`;
    return { problem: { code: 'wrong-namespace', message, place, ...declared(byName) } };
  }
  return { name, document: reading.document };
}

/** Returns the app that a file declares by its name; other files of an External Client App name it in their content. */
function declared(name: MetadataFileName | undefined): { readonly app?: string } {
  const isDeclaration = name?.type === 'ConnectedApp' || name?.type === 'ExternalClientApplication';
  return isDeclaration ? { app: oneLine(name.base, 200) } : {};
}

/** Returns whether a text that is not valid XML may still be the metadata of an app. */
function speaksOfApps(bytes: Uint8Array): boolean {
  return /<(?:\w+:)?(?:ConnectedApp|ExternalClientApplication|ExtlClntApp\w+)[\s/>]/.test(
    new TextDecoder().decode(bytes),
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
