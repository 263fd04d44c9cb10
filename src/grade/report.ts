/** Defines `report.json` (docs/contract.md, section 5). Report formats render this and the history, nothing else. */
import { z } from 'zod';
import { attestationSchema } from '../history/events/run.ts';
import { DEFAULT_RULES } from '../history/rules.ts';
import { count, seq, text, texts, type Infer } from '../history/schema.ts';

/** Schema of the verdicts on a check. */
export const verdict = z.enum(['pass', 'fail', 'warn', 'info', 'review', 'skip', 'inconclusive', 'error']);
const level = z.enum(['MUST', 'SHOULD', 'INFO']);
const requirementVerdict = z.enum([...verdict.options, 'attested']);
const runVerdict = z.enum(['compliant', 'non-compliant', 'inconclusive', 'partial']);
const skipReason = z.enum(['not-selected', 'not-applicable', 'not-recorded']);

const scenarioVerdict = z.object({
  id: text,
  verdict,
  evidence: z.array(seq).readonly().describe('Numbers of events in history.jsonl, the decisive one first.'),
  message: text.optional(),
});

const check = z.object({
  id: text,
  suite: text,
  level,
  title: text,
  references: texts,
  requirements: texts,
  verdict,
  reason: skipReason.optional().describe('Why the verdict is `skip`.'),
  message: text.describe('One sentence: what was seen, what was expected.'),
  diagnosis: text.optional(),
  remedy: text.optional(),
  /** Why it matters. */
  why: text.optional(),
  blockedBy: text.optional().describe('The check whose failure makes this one meaningless.'),
  /** Reason from the baseline file why a failure is accepted. */
  baseline: z.object({ reason: text, until: text.optional() }).optional(),
  scenarios: z.array(scenarioVerdict).readonly(),
});

const requirement = z.object({
  id: text,
  title: text,
  rule: text,
  source: text,
  due: text.describe('ISO 8601 date.'),
  verdict: requirementVerdict,
  checks: texts,
  attestation: attestationSchema.optional(),
  /** What was not graded here and who can answer it, in words. */
  note: text.optional(),
});

const scenario = z.object({
  id: text,
  title: text,
  outcome: text,
  detail: text.optional(),
  durationMs: z.number().nonnegative(),
  schedules: z.object({ explored: count, of: count, violating: count }).optional(),
});

const run = z.object({
  id: text,
  startedAt: text.describe('ISO 8601.'),
  durationMs: z.number().nonnegative(),
  seed: z.number(),
  quietMs: z.number().nonnegative(),
  holdMs: z.number().nonnegative(),
  policy: text,
  observed: z.boolean().describe('Strict refused the client, so the mock recorded instead of enforcing.'),
  rotation: text,
  driver: text,
  rules: text.default(DEFAULT_RULES).describe('Requirement set that the run was graded by.'),
  recordedBy: text
    .optional()
    .describe(
      "Origin of the service that recorded. It did not see the client: actions, output and stored files were reported by the partner's harness.",
    ),
  partial: z.boolean(),
  /** Why the run is partial: selection, interrupt, crash. */
  partialReason: text.optional(),
});

/** Schema of `report.json`. Unknown keys are allowed, because later minor versions may add some. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: text, version: text }),
    app: z.object({ name: text, kind: text, client: text }),
    run,
    verdict: runVerdict,
    /** The verdict in a sentence. */
    summary: text,
    requirements: z.array(requirement).readonly(),
    checks: z.array(check).readonly(),
    scenarios: z.array(scenario).readonly(),
    /** What was not graded, in one sentence each. */
    notGraded: texts,
    history: z.literal('history.jsonl'),
    integrity: z.object({
      algorithm: z.literal('Ed25519'),
      publicKey: text.describe('SubjectPublicKeyInfo, DER, base64.'),
      signature: z.literal('report.sig'),
      unsigned: text
        .optional()
        .describe(
          'Why the report is not signed. Then there is no public key, and a report.sig belongs to another report.',
        ),
    }),
  })
  .meta({ title: 'sf-conformance report, version 1' });

/** The verdict on a check (docs/contract.md, section 5). */
export type Verdict = z.infer<typeof verdict>;
/** Level of a check: MUST and SHOULD as in RFC 2119, INFO is never a failure. */
export type Level = z.infer<typeof level>;
/** The verdict on a requirement of the partner rule. */
export type RequirementVerdict = z.infer<typeof requirementVerdict>;
/** The verdict on a whole run. */
export type RunVerdict = z.infer<typeof runVerdict>;
/** Why a check is `skip`. */
export type SkipReason = z.infer<typeof skipReason>;
/** The verdict on a check in one scenario, with its evidence. */
export type ReportScenarioVerdict = Infer<typeof scenarioVerdict>;
/** One check in a report. */
export type ReportCheck = Infer<typeof check>;
/** One requirement of the partner rule in a report, with the checks that answer it. */
export type ReportRequirement = Infer<typeof requirement>;
/** One scenario in a report: its outcome and duration. */
export type ReportScenario = Infer<typeof scenario>;
/** The content of `report.json`. */
export type Report = Infer<typeof reportSchema>;
