/** A metadata file as it was found: in a folder, in a zip, or in a revision. */
import type { SettingsProblem } from '../history/settings.ts';

export interface MetadataFile {
  /** As it is shown: relative to where the command was typed, `/` between folders; inside a zip `app.zip!/unpackaged/…`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** From the nearest `sfdx-project.json`, or else `package.xml`. */
  readonly apiVersion?: number;
  /** Git tracks it. */
  readonly tracked?: boolean;
  /** When git saw it first, ISO 8601. */
  readonly addedAt?: string;
  /** It was named on the command line: it is metadata whatever it is called. */
  readonly named?: boolean;
}

export interface MetadataSource {
  readonly files: readonly MetadataFile[];
  readonly problems: readonly SettingsProblem[];
}
