/** Reads the Metadata API version that a project names. It is only a hint: a file keeps the fields of the version it was retrieved with. */
import { readXml } from './xml.ts';
import { collapsed, childrenOf } from './switches.ts';

/** Files that name the version, in order of precedence. */
export const VERSION_FILES = ['sfdx-project.json', 'package.xml'] as const;

/** Returns the API version of a project: `60` from `{"sourceApiVersion":"60.0"}` or `<version>60.0</version>`; undefined when it is
 * missing or not a version. */
export function projectVersion(name: string, bytes: Uint8Array): number | undefined {
  return name.endsWith('.json') ? fromProject(bytes) : fromManifest(bytes);
}

function fromProject(bytes: Uint8Array): number | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('sourceApiVersion' in value)) return undefined;
  return version(value.sourceApiVersion);
}

function fromManifest(bytes: Uint8Array): number | undefined {
  const reading = readXml(bytes);
  if ('problem' in reading || reading.document.root.name !== 'Package') return undefined;
  return version(collapsed(childrenOf(reading.document.root, 'version')[0]?.text ?? ''));
}

function version(value: unknown): number | undefined {
  const found =
    typeof value === 'string' || typeof value === 'number' ? /^(\d{1,3})(?:\.0)?$/.exec(String(value)) : null;
  return found === null ? undefined : Number(found[1]);
}
