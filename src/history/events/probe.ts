/** Defines the event for a real authorization server's answers to requests of the harness itself. */
import { z } from 'zod';
import { type Infer } from '../schema.ts';

/** Schema of the conclusion from the answers to one question of the probe. */
export const probeSchema = z.object({
  kind: z.literal('probe'),
  /** What was sent: no `code_challenge`, the method `plain`, no `code_verifier`. */
  question: z.enum(['no-challenge', 'plain', 'no-verifier']),
  /** `refused`: as the partner rule requires. */
  result: z.enum(['refused', 'not-refused', 'unknown']),
});

/** The content of a `probe` event. */
export type Probe = Infer<typeof probeSchema>;
