/** Groups failures by their cause: the change that fixes them together, and the checks they block. */
import type { ReportCheck } from '../../src/grade/report.ts';

/** Failures with one cause, as reports list them. */
export interface Cause {
  /** The first of them, whose message and fix the report shows. */
  readonly lead: ReportCheck;
  /** The other failures that the same fix resolves. */
  readonly also: readonly ReportCheck[];
  /** Checks that have no verdict while one of these fails. */
  readonly blocked: readonly ReportCheck[];
}

/** Returns the causes of all failures: those that decide the verdict first, and among them those that block most checks. */
export function causesOf(checks: readonly ReportCheck[]): readonly Cause[] {
  const failed = checks.filter(({ verdict }) => verdict === 'fail');
  const groups = [...Map.groupBy(failed, causeKey).values()];
  return groups.flatMap(([lead, ...also]) => (lead === undefined ? [] : [causeOf(lead, also, checks)])).sort(byWeight);
}

/** Returns the blocked checks grouped by the check that blocks them; the largest groups come first. */
export function blockedGroups(checks: readonly ReportCheck[]): readonly (readonly [string, readonly ReportCheck[]])[] {
  const blocked = checks.filter(({ blockedBy }) => blockedBy !== undefined);
  const groups = Map.groupBy(blocked, ({ blockedBy = '' }) => blockedBy);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

/** Returns the key by which failures share a cause: the sentence of the partner rule they break, or the check id for a check without
 * requirement. */
const causeKey = ({ id, requirements: [requirement] }: ReportCheck): string => requirement ?? id;

function causeOf(lead: ReportCheck, also: readonly ReportCheck[], checks: readonly ReportCheck[]): Cause {
  const ids = [lead, ...also].map(({ id }) => id);
  return { lead, also, blocked: checks.filter(({ blockedBy }) => blockedBy !== undefined && ids.includes(blockedBy)) };
}

/** Orders MUSTs before SHOULDs, failures accepted by the baseline last, then by the number of blocked checks. */
function byWeight(a: Cause, b: Cause): number {
  const weight = ({ lead }: Cause): number => (lead.level === 'MUST' ? 0 : 1) + (lead.baseline === undefined ? 0 : 2);
  return weight(a) - weight(b) || b.blocked.length - a.blocked.length;
}
