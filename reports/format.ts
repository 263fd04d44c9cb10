/** What a report format is: a pure function of the report and the history. One file each, `<id>.format.ts`, found by name. */
import type { Report } from '../src/grade/report.ts';
import type { Event } from '../src/history/event.ts';

/** SHA-256 of files of the run's folder, in hexadecimal digits. */
export interface Digests {
  readonly history: string;
  readonly report: string;
}

export interface RenderInput {
  readonly report: Report;
  /** In the order of the file; up to 100,000 and more. */
  readonly history: readonly Event[];
  /** Of the files that are written before this one; absent where nothing is written. */
  readonly digests?: Digests;
}

export interface Format {
  /** As in `report.formats` of the configuration: `html`. */
  readonly id: string;
  /** Name of the file in the run's folder: `index.html`. */
  readonly file: string;
  /** The file's content; several texts are written one after the other. Pure: no clock, no file, no socket. */
  render(input: RenderInput): string | Iterable<string>;
}
