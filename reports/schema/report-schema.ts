/** `report.json` as a schema. What the types say, checked when a report is read; published as `report.v1.schema.json`. */
import { z } from 'zod';

const text = z.string();
const seqs = z.array(z.int().positive()).readonly();
const verdict = z.enum(['pass', 'fail', 'warn', 'info', 'review', 'skip', 'inconclusive', 'error']);

const scenarioVerdict = z.object({
  id: text,
  verdict,
  evidence: seqs.describe('Numbers of events in history.jsonl, the decisive one first.'),
  message: text.optional(),
});

const check = z.object({
  id: text,
  suite: text,
  level: z.enum(['MUST', 'SHOULD', 'INFO']),
  title: text,
  references: z.array(text).readonly(),
  requirements: z.array(text).readonly(),
  verdict,
  message: text.describe('One sentence: what was seen, what was expected.'),
  diagnosis: text.optional(),
  remedy: text.optional(),
  why: text.optional(),
  blockedBy: text.optional().describe('The check whose failure makes this one meaningless.'),
  baseline: z.object({ reason: text, until: text.optional() }).optional(),
  scenarios: z.array(scenarioVerdict).readonly(),
});

const requirement = z.object({
  id: text,
  title: text,
  rule: text,
  source: text,
  due: text.describe('ISO 8601 date.'),
  verdict: z.enum([...verdict.options, 'attested']),
  checks: z.array(text).readonly(),
  attestation: z.object({ by: text, at: text, proof: text, until: text }).optional(),
  note: text.optional(),
});

const scenario = z.object({
  id: text,
  title: text,
  outcome: text,
  detail: text.optional(),
  durationMs: z.number().nonnegative(),
  schedules: z
    .object({ explored: z.int().nonnegative(), of: z.int().nonnegative(), violating: z.int().nonnegative() })
    .optional(),
});

/** Unknown keys are allowed: version 1 may be added to. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: text, version: text }),
    app: z.object({ name: text, kind: text, client: text }),
    run: z.object({
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
      partial: z.boolean(),
      partialReason: text.optional(),
    }),
    verdict: z.enum(['compliant', 'non-compliant', 'inconclusive']),
    summary: text,
    requirements: z.array(requirement).readonly(),
    checks: z.array(check).readonly(),
    scenarios: z.array(scenario).readonly(),
    notGraded: z.array(text).readonly(),
    history: z.literal('history.jsonl'),
    integrity: z.object({
      algorithm: z.literal('Ed25519'),
      publicKey: text.describe('SubjectPublicKeyInfo, DER, base64.'),
      signature: z.literal('report.sig'),
    }),
  })
  .meta({ title: 'sf-conformance report, version 1' });
