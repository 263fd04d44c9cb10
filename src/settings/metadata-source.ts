/** A metadata file as it was found: in a folder, in a zip, or in a revision. */
import type { LeftOutFile, LeftOutReason, SettingsProblem } from '../history/settings.ts';
import type { Arrival } from './git-dates.ts';

export interface MetadataFile {
  /** As it is shown: relative to where the command was typed, `/` between folders; inside a zip `app.zip!/unpackaged/…`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** From the nearest `sfdx-project.json`, or else `package.xml`. */
  readonly apiVersion?: number | undefined;
  /** Git tracks it. */
  readonly tracked?: boolean | undefined;
  /** How a Connected App came into the repository, where git knows. */
  readonly arrival?: Arrival | undefined;
  /** It was named on the command line: it is metadata whatever it is called. */
  readonly named?: boolean;
  /** Its project leaves it out; it is read only when an app that is graded needs it. */
  readonly leftOut?: LeftOutReason | undefined;
}

export interface MetadataSource {
  readonly files: readonly MetadataFile[];
  readonly problems: readonly SettingsProblem[];
  /** Files that were found and not read, since they are not source of their project. */
  readonly leftOut?: readonly LeftOutFile[];
}
