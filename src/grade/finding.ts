/** What checks are written with: their definition, and short words for findings, so that a check reads like its sentence. */
import type { Check, Finding } from './check.ts';

type Extra = Pick<Finding, 'diagnosis' | 'remedy' | 'blockedBy' | 'broken' | 'breaks' | 'assumes'>;
type Say = (message: string, evidence: readonly number[], extra?: Extra) => Finding;

const say =
  (verdict: Finding['verdict']): Say =>
  (message, evidence, extra = {}) => ({ verdict, message, evidence: bounded(evidence), ...extra });

/** The most events that one finding cites, so that a client that sends requests without end makes no report without end. */
export const MOST_EVIDENCE = 1_000;

const bounded = (evidence: readonly number[]): readonly number[] => evidence.slice(0, MOST_EVIDENCE);

/** Returns a finding that the client behaved correctly. */
export const pass: Say = say('pass');
/** Returns a finding that the rule is broken. At the level SHOULD it becomes `warn`, at INFO `info`. */
export const fail: Say = say('fail');
/** Returns a finding that the rule is met with a note, or not met where it allows that. */
export const warn: Say = say('warn');
/** Returns a finding for information only. */
export const info: Say = say('info');
/** Returns a finding that a person must review; the message says what. */
export const review: Say = say('review');
/** Returns a finding that the history does not decide the check. */
export const inconclusive: Say = say('inconclusive');
/** Returns a finding that the check does not apply. */
export const skip: Say = say('skip');

/** Returns the check as it is: what a `*.check.ts` file exports is held to the type of a check. */
export const defineCheck = (check: Check): Check => check;
