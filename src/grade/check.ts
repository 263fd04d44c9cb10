/** Defines checks: a sentence of the rule, and a pure function of what one scenario recorded. */
import type { AppDescription, EventOf, RunDescription } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';
import type { Observation } from './observation.ts';
import type { Level, Verdict } from './report.ts';

export type { Level, Verdict };

/** What a check concludes from one scenario. A check returns `undefined` instead when the scenario did not exercise it. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'error'>;
  /** One sentence: what was seen and what was expected. */
  readonly message: string;
  /** Numbers of the events it rests on, the decisive one first. */
  readonly evidence: readonly number[];
  /** The reason, when the history shows it. */
  readonly diagnosis?: string | undefined;
  /** Replaces the check's own remedy when the diagnosis allows a better one. */
  readonly remedy?: string | undefined;
  /** Id of the check whose failure makes this one meaningless; only with `inconclusive`, and used only when that check has failed. */
  readonly blockedBy?: string | undefined;
  /** Observations that were already broken before the check's own question arose: when a check that owns one of them failed, it is the
   * cause. */
  readonly broken?: readonly Observation[] | undefined;
  /** The observations of its check that the finding breaks; default: all of them. */
  readonly breaks?: readonly Observation[] | undefined;
  /** Observations that the finding takes for granted. When one of them was never seen intact, the finding stays open. */
  readonly assumes?: readonly Observation[] | undefined;
}

/** An action that a client may lack, or an ability that a driver may lack. */
export type Ability =
  'refresh' | 'status' | 'disconnect' | 'restart' | 'processes' | 'tabs' | 'users' | 'parallelCalls';

/** Facts that are the same for all scenarios of a run. */
export interface RunFacts {
  readonly app: AppDescription;
  readonly run: RunDescription;
  readonly begin: EventOf<'run-begin'>;
  /** Whether the strict mock refused the client at the start, so that the run uses observing mode. */
  readonly observed: boolean;
  /** Whether a signal or the end of its process ended the run early. */
  readonly interrupted?: boolean | undefined;
}

/** A check, exported as default by each `*.check.ts` of the suites. */
export interface Check {
  /** Id such as `PKCE-01`. */
  readonly id: string;
  readonly suite: string;
  readonly level: Level;
  /** The right behavior as a sentence: "The authorization request carries a code_challenge". */
  readonly title: string;
  /** The failure as a sentence. */
  readonly failure: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** What to change, with a short example in the terms of OAuth. */
  readonly remedy: string;
  /** Sources such as `RFC 7636 §4.3`. */
  readonly references: readonly string[];
  /** Requirements in addition to those whose set names this check; for settings checks. */
  readonly requirements?: readonly string[];
  /** Ids of the requirement sets that include the check. Default: all. */
  readonly rules?: readonly string[];
  /** The scenarios that the check reads; no others affect it. */
  readonly scenarios: readonly string[];
  /** How to exercise the check, in one sentence. */
  readonly untested: string;
  /** Observations that this check owns: it reports them when they are broken. */
  readonly shows?: readonly Observation[];
  /** Observations that must be intact before the check can conclude anything; see root-causes.ts. */
  readonly relies?: readonly Observation[];
  /** Actions and abilities that the check needs. An `unsupported` answer to one of them makes the check `skip`. */
  readonly needs?: readonly Ability[];
  /** Returns in a sentence why the check does not apply to such an app; it is then `skip`. */
  readonly skip?: (facts: RunFacts) => string | undefined;
  readonly judge: (scenario: ScenarioHistory, facts: RunFacts) => Finding | undefined;
}
