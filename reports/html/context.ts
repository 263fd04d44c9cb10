/** What every part of the page is handed. */
import type { Report } from '../../src/grade/report.ts';
import type { Limits, Selection } from '../evidence/selection.ts';
import type { Trail } from '../evidence/trail.ts';

export interface PageContext {
  readonly report: Report;
  readonly trail: Trail;
  readonly selection: Selection;
  readonly limits: Limits;
}
