/** What a real authorization server answered to the requests of the harness itself. */
import { z } from 'zod';
import { type Infer } from '../schema.ts';

/** Describes what the answers to one question of the probe allow to conclude. */
export const probeSchema = z.object({
  kind: z.literal('probe'),
  /** What was sent: no `code_challenge`, the method `plain`, no `code_verifier`. */
  question: z.enum(['no-challenge', 'plain', 'no-verifier']),
  /** `refused`: as the partner rule wants it. */
  result: z.enum(['refused', 'not-refused', 'unknown']),
});

export type Probe = Infer<typeof probeSchema>;
