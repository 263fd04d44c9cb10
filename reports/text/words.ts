/** The words for verdicts, levels and instants that all formats share. */
import type { RequirementVerdict, ReportCheck, ReportRequirement, RunVerdict } from '../../src/grade/report.ts';

/** How reports show a verdict. */
export interface VerdictWord {
  /** `Failed`. */
  readonly word: string;
  /** One character that distinguishes the verdict without colour. */
  readonly mark: string;
  /** The meaning in one sentence. */
  readonly meaning: string;
  /** Emphasis: `bad` · `unsure` · `good` · `quiet`. */
  readonly tone: 'bad' | 'unsure' | 'good' | 'quiet';
}

/** The words for the verdicts of checks and requirements. */
export const VERDICTS: Readonly<Record<RequirementVerdict, VerdictWord>> = {
  fail: { word: 'Failed', mark: '✕', meaning: 'The client broke it.', tone: 'bad' },
  error: { word: 'Error', mark: '‼', meaning: 'The harness itself could not judge it.', tone: 'bad' },
  inconclusive: {
    word: 'Inconclusive',
    mark: '?',
    meaning: 'It applies, but what would show it never happened. Never counted as met.',
    tone: 'unsure',
  },
  review: { word: 'Needs review', mark: '◎', meaning: 'A person must look; the report says at what.', tone: 'unsure' },
  warn: { word: 'Warning', mark: '!', meaning: 'Recommended and not met, or met with a note.', tone: 'unsure' },
  pass: { word: 'Passed', mark: '✓', meaning: 'It was exercised and held.', tone: 'good' },
  attested: { word: 'Attested', mark: '✎', meaning: 'A person vouches for it; it was not tested.', tone: 'quiet' },
  info: { word: 'Information', mark: 'i', meaning: 'Reported only; nothing is judged.', tone: 'quiet' },
  skip: { word: 'Not applicable', mark: '–', meaning: 'Declared not to apply, with the reason.', tone: 'quiet' },
};

/** Verdicts, worst first: the order in which results are listed. */
export const VERDICT_ORDER: readonly RequirementVerdict[] = [
  'fail',
  'error',
  'inconclusive',
  'review',
  'warn',
  'pass',
  'attested',
  'info',
  'skip',
];

/** The words for the verdicts of a run. */
export const RUN_VERDICTS: Readonly<Record<RunVerdict, VerdictWord>> = {
  compliant: {
    word: 'Compliant',
    mark: '✓',
    meaning: 'Every MUST that applies was exercised and held.',
    tone: 'good',
  },
  'non-compliant': { word: 'Not compliant', mark: '✕', meaning: 'At least one MUST failed.', tone: 'bad' },
  inconclusive: {
    word: 'Inconclusive',
    mark: '?',
    meaning: 'No MUST failed, but at least one that applies was never exercised.',
    tone: 'unsure',
  },
  partial: {
    word: 'Partial',
    mark: '◐',
    meaning: 'The selected checks passed; not every MUST that applies was selected: not a statement of compliance.',
    tone: 'quiet',
  },
};

/** Maps the verdict of a run to the check verdict whose icon it shares. */
export const RUN_SEALS = {
  compliant: 'pass',
  'non-compliant': 'fail',
  inconclusive: 'inconclusive',
  partial: 'skip',
} as const satisfies Readonly<Record<RunVerdict, RequirementVerdict>>;

/** Returns the word for a check's verdict; "not selected" and "not recorded" differ from "not applicable". */
export function wordOf({ verdict, reason }: Pick<ReportCheck, 'verdict' | 'reason'>): string {
  if (reason === 'not-selected') return 'Not selected';
  return reason === 'not-recorded' ? 'Not recorded' : VERDICTS[verdict].word;
}

/** Returns the word for a requirement's verdict; when none of its checks was selected, the word is theirs. */
export function requirementWord(
  { verdict, checks: ids }: Pick<ReportRequirement, 'verdict' | 'checks'>,
  checks: readonly Pick<ReportCheck, 'id' | 'reason'>[],
): string {
  if (verdict !== 'skip') return VERDICTS[verdict].word;
  const own = checks.filter(({ id }) => ids.includes(id));
  const reason = own.find((check) => check.reason !== 'not-applicable')?.reason;
  return wordOf({ verdict, ...(reason === undefined ? {} : { reason }) });
}

/** Returns the checks that decide the run's verdict: MUSTs that failed, or else those that were not exercised. */
export function deciding(checks: readonly ReportCheck[]): readonly ReportCheck[] {
  const musts = checks.filter((check) => check.level === 'MUST');
  const bad = musts.filter((check) => check.verdict === 'fail' || check.verdict === 'error');
  return bad.length > 0 ? bad : musts.filter((check) => check.verdict === 'inconclusive');
}

/** Number of checks with one verdict, in words. */
export interface VerdictCount {
  readonly verdict: ReportCheck['verdict'];
  readonly n: number;
  /** `2 warnings`. */
  readonly text: string;
}

/** Verdict words that have a plural. */
const PLURALS: Readonly<Record<string, string>> = {
  Warning: 'warnings',
  Error: 'errors',
  'Needs review': 'need review',
};

/** Counts checks by the word for their verdict, worst first; words without checks are left out. */
export function countWords(
  checks: readonly Pick<ReportCheck, 'verdict' | 'reason' | 'blockedBy'>[],
): readonly VerdictCount[] {
  const byWord = Map.groupBy(checks, (check) => (check.blockedBy === undefined ? wordOf(check) : 'Blocked'));
  const counts = [...byWord].flatMap(([word, [first, ...more]]) =>
    first === undefined ? [] : [{ verdict: first.verdict, n: more.length + 1, text: countText(more.length + 1, word) }],
  );
  return counts.toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
}

const countText = (n: number, word: string): string =>
  `${String(n)} ${n === 1 ? word.toLowerCase() : (PLURALS[word] ?? word.toLowerCase())}`;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** Returns `21 Jan 2026`; text that is not a date is returned unchanged. */
export function humanDay(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : DAY.format(at);
}

/** Returns `21 Jan 2026, 13:55 UTC`. */
export function humanInstant(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : `${DAY.format(at)}, ${CLOCK.format(at)} UTC`;
}

/** Returns `340 ms`, `12.4 s`, `3 min 5 s`. */
export function humanDuration(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${String(Math.floor(ms / 60_000))} min ${String(Math.round((ms % 60_000) / 1000))} s`;
}

/** Returns `1 check`, `2 checks`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${String(n)} ${n === 1 ? noun : plural}`;
}

/** Returns `a`, `a and b`, `a, b and c`. */
export function sequence(words: readonly string[]): string {
  const [last = '', ...before] = words.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
