/** Defines the events for the mock's decisions about refresh tokens, and for the beginning and end of token families. */
import { z } from 'zod';
import { secretSchema } from '../label.ts';
import { count, text, type Infer } from '../schema.ts';

/** Describes what the mock decided about a refresh token that was sent to it. */
export const rotationSchema = z.object({
  kind: z.literal('rotation'),
  exchange: count,
  family: text.nullable(),
  /** The token that was sent. */
  presented: secretSchema,
  outcome: z.enum(['rotated', 'in-flight', 'reuse', 'dead', 'expired', 'unknown', 'refused', 'replayed']),
  successor: secretSchema.optional(),
});

/** Describes the beginning or the end of a token family. */
export const familySchema = z.object({
  kind: z.literal('family'),
  family: text,
  change: z.enum(['created', 'revoked']),
  reason: z
    .enum(['reuse', 'revocation', 'code-reuse', 'admin', 'expired', 'approval-limit', 'key-rotation'])
    .optional(),
  user: text.optional(),
});

/** The content of a `rotation` event. */
export type Rotation = Infer<typeof rotationSchema>;
/** The content of a `family` event. */
export type Family = Infer<typeof familySchema>;
