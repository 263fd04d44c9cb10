/** Defines a report format: a pure function of the report and the history, in a file `<id>.format.ts` that is found by its name. */
import type { Report } from '../src/grade/report.ts';
import type { Event } from '../src/history/event.ts';

/** SHA-256 digests of files in the run's folder, as hexadecimal digits. */
export interface Digests {
  readonly history: string;
  readonly report: string;
}

/** Input of a report format. */
export interface RenderInput {
  readonly report: Report;
  /** All events in the order of the file; may be more than 100,000. */
  readonly history: readonly Event[];
  /** Digests of the files written before this one; absent when nothing is written to disk. */
  readonly digests?: Digests;
}

/** A report format, exported as `format` by each `<id>.format.ts`. */
export interface Format {
  /** Id used in `report.formats` of the configuration: `html`. */
  readonly id: string;
  /** Name of the file in the run's folder: `index.html`. */
  readonly file: string;
  /** Returns the file's content; several texts are written one after another. Must be pure: no clock, no file, no socket. */
  render(input: RenderInput): string | Iterable<string>;
}
