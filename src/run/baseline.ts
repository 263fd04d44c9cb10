/** Applies known failures: they keep their verdict and do not fail the run until they are fixed or expire (docs/contract.md, sections 1
 * and 5). Pure. */
import type { ReportCheck } from '../grade/report.ts';
import { HarnessError } from '../errors.ts';

/** One entry of `conformance.baseline.json`. */
export interface BaselineEntry {
  /** Id of a check. */
  readonly id: string;
  readonly reason: string;
  /** Last day on which the failure is accepted, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
}

/** The result of `applyBaseline`. */
export interface AppliedBaseline {
  /** The same checks; accepted failures carry the reason. */
  readonly checks: readonly ReportCheck[];
  /** Entries whose check passes now and which should be removed. */
  readonly stale: readonly BaselineEntry[];
  /** Entries whose last day is over. */
  readonly expired: readonly BaselineEntry[];
}

/** Marks the failures that the baseline accepts. `today` is `YYYY-MM-DD`; an entry is valid until the end of its last day. A check that
 * was not exercised does not make its entry stale. */
export function applyBaseline(
  checks: readonly ReportCheck[],
  entries: readonly BaselineEntry[],
  today: string,
): AppliedBaseline {
  const expired = entries.filter(({ until }) => until !== undefined && until < today);
  const holding = new Map(entries.filter((entry) => !expired.includes(entry)).map((entry) => [entry.id, entry]));
  const passed = new Set(checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id));
  return {
    checks: checks.map((check) => {
      const entry = holding.get(check.id);
      if (entry === undefined || check.verdict !== 'fail') return check;
      const { reason, until } = entry;
      return { ...check, baseline: { reason, ...(until === undefined ? {} : { until }) } };
    }),
    stale: entries.filter(({ id }) => passed.has(id)),
    expired,
  };
}

/** Parses the entries of a baseline file.
 * @param ids ids of all checks
 * @throws HarnessError (exit 2) `baseline-syntax`, `baseline-invalid` or `baseline-unknown-id`, with one sentence for every fault. */
export function parseBaseline(text: string, file: string, ids: readonly string[]): readonly BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (cause) {
    throw new HarnessError('baseline-syntax', `${file} is no valid JSON.`, SHAPE, { cause });
  }
  if (!Array.isArray(value)) throw new HarnessError('baseline-invalid', `${file} does not hold a list.`, SHAPE);
  const faults = value.map((entry, index) => faultOf(entry, index)).filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new HarnessError('baseline-invalid', `${file}: ${faults.join(' ')}`, SHAPE);
  const entries = value as readonly BaselineEntry[];
  const unknown = entries.filter(({ id }) => !ids.includes(id)).map(({ id }) => `"${id.slice(0, 60)}"`);
  if (unknown.length > 0) {
    throw new HarnessError(
      'baseline-unknown-id',
      `${file} names ${unknown.join(', ')}, and no check has that id.`,
      'Run `sf-conformance list` to see all ids.',
    );
  }
  const twice = entries.find(({ id }, index) => entries.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined)
    throw new HarnessError('baseline-invalid', `${file} names ${twice.id} twice.`, 'Keep one entry.');
  return entries;
}

const SHAPE = 'It holds a list such as [{"id": "RTR-04", "reason": "fixed in 2.1", "until": "2027-01-31"}].';
const KEYS = new Set(['id', 'reason', 'until']);

function faultOf(entry: unknown, index: number): string | undefined {
  const place = `Entry ${index + 1}`;
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return `${place} is no object.`;
  const { id, reason, until } = entry as Readonly<Record<string, unknown>>;
  const extra = Object.keys(entry).find((key) => !KEYS.has(key));
  if (extra !== undefined) return `${place} has the unknown key "${extra.slice(0, 60)}".`;
  if (typeof id !== 'string' || id === '') return `${place} has no id.`;
  if (typeof reason !== 'string' || reason.trim() === '') return `${place} has no reason.`;
  if (until !== undefined && !isDay(until)) return `${place}: "until" must be a day such as 2027-01-31.`;
  return undefined;
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
