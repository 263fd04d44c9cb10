/** Defines a metadata file as found in a folder, a zip file or a git revision. */
import type { LeftOutFile, LeftOutReason, SettingsProblem } from '../history/settings.ts';
import type { Arrival } from './git-dates.ts';

/** A metadata file with its content and what is known of its project. */
export interface MetadataFile {
  /** Path for messages: relative to the working directory, with `/` between folders; inside a zip file `app.zip!/unpackaged/…`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Version from the nearest `sfdx-project.json`, or else `package.xml`. */
  readonly apiVersion?: number | undefined;
  /** Whether git tracks the file. */
  readonly tracked?: boolean | undefined;
  /** The commit that added a Connected App, where git knows it. */
  readonly arrival?: Arrival | undefined;
  /** Whether the user named the file: then it is metadata whatever its name. */
  readonly named?: boolean;
  /** Why its project leaves it out; then it is read only when a graded app needs it. */
  readonly leftOut?: LeftOutReason | undefined;
}

/** The metadata of one folder, zip file or revision. */
export interface MetadataSource {
  readonly files: readonly MetadataFile[];
  readonly problems: readonly SettingsProblem[];
  /** Files that were found and not read, because they are not source of their project. */
  readonly leftOut?: readonly LeftOutFile[];
}
