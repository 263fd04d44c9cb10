/** Defines the events for a scenario and its phases. */
import { z } from 'zod';
import { count, text, type Infer } from '../schema.ts';

const outcome = z.enum(['completed', 'login-failed', 'crashed', 'timed-out', 'unsupported', 'interrupted', 'error']);

/** Describes the start of a scenario. */
export const scenarioBeginSchema = z.object({
  kind: z.literal('scenario-begin'),
  title: text,
  /** Whether the mock enforced the partner rule on the wire or only recorded. */
  mode: z.enum(['strict', 'salesforce', 'observing']),
});

/** Describes the end of a scenario. */
export const scenarioEndSchema = z.object({
  kind: z.literal('scenario-end'),
  outcome,
  /** One sentence: why it did not complete. */
  detail: text.optional(),
  durationMs: z.number(),
  schedules: z.object({ explored: count, of: count, violating: count }).optional(),
  repeated: z
    .literal(true)
    .optional()
    .describe('The scenario is run again after this event; this attempt is not judged.'),
});

/** Describes a named point inside a scenario. Checks use it to distinguish "before" from "after": `chain`, `restart`, `probe` … */
export const phaseSchema = z.object({ kind: z.literal('phase'), phase: text, detail: text.optional() });

/** How a scenario ended, without a verdict. */
export type ScenarioOutcome = z.infer<typeof outcome>;
/** The content of a `scenario-begin` event. */
export type ScenarioBegin = Infer<typeof scenarioBeginSchema>;
/** The content of a `scenario-end` event. */
export type ScenarioEnd = Infer<typeof scenarioEndSchema>;
/** The content of a `phase` event. */
export type Phase = Infer<typeof phaseSchema>;
