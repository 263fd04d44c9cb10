/** Defines the events for processes of the client and their output. */
import { z } from 'zod';
import { text, texts, type Infer } from '../schema.ts';

/** Describes the start of a process. */
export const processBeginSchema = z.object({
  kind: z.literal('process-begin'),
  process: text,
  /** Name and version of the browser whose page it is. */
  browser: text.optional(),
});

/** Describes the end of a process. */
export const processEndSchema = z.object({
  kind: z.literal('process-end'),
  process: text,
  code: z.int().nullable(),
  signal: text.nullable(),
  /** Whether the harness ended the process. */
  expected: z.boolean(),
});

/** Describes output that is not an answer: standard error, and lines on standard output outside the protocol. */
export const outputSchema = z.object({
  kind: z.literal('output'),
  process: text,
  stream: z.enum(['stdout', 'stderr']),
  /** Redacted, bounded: 2,000 characters a line, 200 lines an event. */
  lines: texts,
  /** Labels of the secrets that were redacted from it. */
  leaked: texts,
});

/** The content of a `process-begin` event. */
export type ProcessBegin = Infer<typeof processBeginSchema>;
/** The content of a `process-end` event. */
export type ProcessEnd = Infer<typeof processEndSchema>;
/** The content of an `output` event. */
export type Output = Infer<typeof outputSchema>;
