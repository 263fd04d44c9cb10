/** Dates of the partner rule, as `YYYY-MM-DD`. */

/** Last day to comply, for PKCE and for rotation. */
export const DUE = '2026-05-11';

/** Requirements to which "Deadlines for Implementation" assigns no date: it names PKCE and rotation only. */
const WITHOUT_DAY = new Set(['SF-ECA-FOR-NEW', 'SF-INCIDENT-REPORTING']);

/** Returns the last day to comply with a requirement; undefined when the rule names none. */
export function dueOf(requirement: string): string | undefined {
  return WITHOUT_DAY.has(requirement) ? undefined : DUE;
}

/** Monday of the week in which Spring '26 reached the last production orgs; the first had it in January. */
export const SPRING_26 = '2026-02-23';

/** Returns the whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
