/** The data that every part of the page is rendered from. */
import type { Report } from '../../src/grade/report.ts';
import type { Cause } from '../evidence/causes.ts';
import type { Limits, Selection } from '../evidence/selection.ts';
import type { Trail } from '../evidence/trail.ts';
import type { Digests } from '../format.ts';
import type { TestResult } from '../integrity/attestation.ts';
import type { Later } from './later.ts';

/** The report, its indexed history and the limits of the page, passed to every render function. */
export interface PageContext {
  readonly report: Report;
  readonly trail: Trail;
  readonly selection: Selection;
  readonly limits: Limits;
  readonly causes: readonly Cause[];
  /** Collects the parts that are built when they are opened. */
  readonly later: Later;
  readonly digests: Digests | undefined;
  /** What the in-toto statement of the run says; undefined when none can be made. */
  readonly attested: TestResult | undefined;
}
