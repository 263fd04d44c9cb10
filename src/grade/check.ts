/** What a check is: a sentence of the rule, and a pure function of what one scenario recorded. */
import type { AppDescription, EventOf, RunDescription } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';
import type { Observation } from './observation.ts';
import type { Level, Verdict } from './report.ts';

export type { Level, Verdict };

/** What a check concludes from one scenario. `undefined` instead of a finding: the scenario did not put it to the test. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'error'>;
  /** One sentence: what was seen, what was expected. */
  readonly message: string;
  /** Event numbers that it rests on, the decisive one first. */
  readonly evidence: readonly number[];
  /** Why, when the history shows it. */
  readonly diagnosis?: string | undefined;
  /** Instead of the check's own remedy, when the diagnosis allows a better one. */
  readonly remedy?: string | undefined;
  /** The check whose failure makes this one meaningless; only with `inconclusive`, and only believed when that check has failed. */
  readonly blockedBy?: string | undefined;
  /** Observations that this finding found broken before the check's own question arose: where an owner of them failed, it is the cause. */
  readonly broken?: readonly Observation[] | undefined;
  /** Which of the observations that its check shows it breaks; all of them when absent. */
  readonly breaks?: readonly Observation[] | undefined;
  /** Observations that the finding takes for granted. Where one of them was never seen intact, the finding stays open. */
  readonly assumes?: readonly Observation[] | undefined;
}

/** Actions that a client may not have, and what a driver may not do. */
export type Ability =
  'refresh' | 'status' | 'disconnect' | 'restart' | 'processes' | 'tabs' | 'users' | 'parallelCalls';

/** What is the same for all scenarios of a run. */
export interface RunFacts {
  readonly app: AppDescription;
  readonly run: RunDescription;
  readonly begin: EventOf<'run-begin'>;
  /** Strict refused the client in pre-flight, so the run observes (design, decision 3). */
  readonly observed: boolean;
  /** A signal or the end of its process ended the run early. */
  readonly interrupted?: boolean | undefined;
}

export interface Check {
  /** `PKCE-01`. */
  readonly id: string;
  readonly suite: string;
  readonly level: Level;
  /** What is right, as a sentence: "The authorization request carries a code_challenge". */
  readonly title: string;
  /** What is wrong when it fails, as a sentence. */
  readonly failure: string;
  /** Why it matters, one or two sentences. */
  readonly why: string;
  /** What to change, with a short example in the field's terms. */
  readonly remedy: string;
  /** `RFC 7636 §4.3`. */
  readonly references: readonly string[];
  /** Requirements beyond those whose set names this check; for settings checks. */
  readonly requirements?: readonly string[];
  /** Ids of the requirement sets that have the check. Default: all of them. */
  readonly rules?: readonly string[];
  /** The scenarios that it reads; no others bear on it. */
  readonly scenarios: readonly string[];
  /** What to do so that it is exercised, one sentence. */
  readonly untested: string;
  /** What this check is the one to report when it is broken. */
  readonly shows?: readonly Observation[];
  /** What has to be intact for the check to say something of its own; see root-causes.ts. */
  readonly relies?: readonly Observation[];
  /** What the client or its driver must be able to do. An `unsupported` answer to one of them makes the check `skip`. */
  readonly needs?: readonly Ability[];
  /** The reason why it does not apply to such an app, as a sentence: then it is `skip`. */
  readonly skip?: (facts: RunFacts) => string | undefined;
  readonly judge: (scenario: ScenarioHistory, facts: RunFacts) => Finding | undefined;
}
