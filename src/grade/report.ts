/** The shape of `report.json` (contract, section 5). Every report format renders this and the history, nothing else. */
import type { Level, Verdict } from './check.ts';

export interface ReportScenarioVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  readonly evidence: readonly number[];
  readonly message?: string;
}

export interface ReportCheck {
  readonly id: string;
  readonly suite: string;
  readonly level: Level;
  readonly title: string;
  readonly references: readonly string[];
  readonly requirements: readonly string[];
  readonly verdict: Verdict;
  readonly message: string;
  readonly diagnosis?: string;
  readonly remedy?: string;
  /** Why it matters. */
  readonly why?: string;
  readonly blockedBy?: string;
  /** Why a known failure is accepted, from the baseline file. */
  readonly baseline?: { readonly reason: string; readonly until?: string };
  readonly scenarios: readonly ReportScenarioVerdict[];
}

export type RequirementVerdict = Verdict | 'attested';

export interface Attestation {
  readonly by: string;
  readonly at: string;
  readonly proof: string;
  readonly until: string;
}

export interface ReportRequirement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly due: string;
  readonly verdict: RequirementVerdict;
  readonly checks: readonly string[];
  readonly attestation?: Attestation;
  /** In words, what was not graded here and who can answer it. */
  readonly note?: string;
}

export interface ReportScenario {
  readonly id: string;
  readonly title: string;
  readonly outcome: string;
  readonly detail?: string;
  readonly durationMs: number;
  readonly schedules?: { readonly explored: number; readonly of: number; readonly violating: number };
}

export type RunVerdict = 'compliant' | 'non-compliant' | 'inconclusive';

export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly app: { readonly name: string; readonly kind: string; readonly client: string };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly seed: number;
    readonly quietMs: number;
    readonly holdMs: number;
    readonly policy: string;
    readonly observed: boolean;
    readonly rotation: string;
    readonly driver: string;
    readonly partial: boolean;
    /** Why it is partial: selection, interrupt, crash. */
    readonly partialReason?: string;
  };
  readonly verdict: RunVerdict;
  /** The verdict in a sentence, for people. */
  readonly summary: string;
  readonly requirements: readonly ReportRequirement[];
  readonly checks: readonly ReportCheck[];
  readonly scenarios: readonly ReportScenario[];
  /** What was not graded, in words: one sentence each. */
  readonly notGraded: readonly string[];
  readonly history: 'history.jsonl';
  readonly integrity: { readonly algorithm: 'Ed25519'; readonly publicKey: string; readonly signature: 'report.sig' };
}
