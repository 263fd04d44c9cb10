/** Groups failures by their cause: what has to be fixed once, and what it keeps from being judged. */
import type { ReportCheck } from '../../src/grade/report.ts';

/** Failures with one cause. */
export interface Cause {
  /** The first of them: what happened and how to fix it. */
  readonly lead: ReportCheck;
  /** The others, which the same fix answers. */
  readonly also: readonly ReportCheck[];
  /** Checks that say nothing while one of these fails. */
  readonly blocked: readonly ReportCheck[];
}

/** Returns the causes of all failures, those that decide the verdict first, among them those that block most. */
export function causesOf(checks: readonly ReportCheck[]): readonly Cause[] {
  const failed = checks.filter(({ verdict }) => verdict === 'fail');
  const groups = [...Map.groupBy(failed, causeKey).values()];
  return groups.flatMap(([lead, ...also]) => (lead === undefined ? [] : [causeOf(lead, also, checks)])).sort(byWeight);
}

/** Returns the checks that are blocked, by the check that blocks them; those that block most come first. */
export function blockedGroups(checks: readonly ReportCheck[]): readonly (readonly [string, readonly ReportCheck[]])[] {
  const blocked = checks.filter(({ blockedBy }) => blockedBy !== undefined);
  const groups = Map.groupBy(blocked, ({ blockedBy = '' }) => blockedBy);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

/** Failures that break the same sentence of the partner rule share a cause; a check without a requirement stands for itself. */
const causeKey = ({ id, requirements: [requirement] }: ReportCheck): string => requirement ?? id;

function causeOf(lead: ReportCheck, also: readonly ReportCheck[], checks: readonly ReportCheck[]): Cause {
  const ids = [lead, ...also].map(({ id }) => id);
  return { lead, also, blocked: checks.filter(({ blockedBy }) => blockedBy !== undefined && ids.includes(blockedBy)) };
}

/** MUSTs before SHOULDs, what the baseline accepts last, then by how much is blocked. */
function byWeight(a: Cause, b: Cause): number {
  const weight = ({ lead }: Cause): number => (lead.level === 'MUST' ? 0 : 1) + (lead.baseline === undefined ? 0 : 2);
  return weight(a) - weight(b) || b.blocked.length - a.blocked.length;
}
