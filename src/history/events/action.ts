/** Defines the events for requests to the client and its answers. */
import { z } from 'zod';
import { count, text, type Infer } from '../schema.ts';

/** The actions of a driver. */
export const actionNameSchema = z.enum(['authorize', 'call', 'refresh', 'status', 'disconnect', 'redirect', 'restart']);

/** Describes the start of an action. */
export const actionBeginSchema = z.object({
  kind: z.literal('verb-begin'),
  /** Counts actions within the run. */
  verb: count,
  name: actionNameSchema,
  /** Process of the client that was asked: `P1`, `P2` … */
  process: text,
  /** User (cookie jar) for whom it was asked: `U1`, `U2` … */
  user: text,
  /** Set for a call, so that its requests can be matched to it. */
  marker: text.optional().describe('Of a call: a text that the client may put into its API requests.'),
});

/** Describes the end of an action. */
export const actionEndSchema = z.object({
  kind: z.literal('verb-end'),
  verb: count,
  name: actionNameSchema,
  process: text,
  /** `interrupted`: the harness ended the client before it had answered, which says nothing of the client. */
  result: z.enum(['ok', 'failed', 'unsupported', 'timed-out', 'died', 'interrupted']),
  /** Of `timed-out`: how long the harness waited, in milliseconds. Less than `run.timeoutMs` once the client has hung elsewhere. */
  limitMs: z.number().optional().describe('Of `timed-out`: how long the harness waited, in milliseconds.'),
  /** HTTP status that the client reported. */
  status: z.number().optional(),
  /** The client's own text, redacted, cut at 2,000 characters. */
  error: text.optional(),
  /** The client reports that its user has to connect again. */
  reauthorize: z.boolean().optional(),
  /** Answer of `status`. */
  connected: z.boolean().optional(),
  /** The person who drives the client left it out, so no check reads it. */
  skipped: z.literal(true).optional().describe('A person left it out; no check reads it.'),
});

/** Name of an action that a driver can request. */
export type ActionName = z.infer<typeof actionNameSchema>;
/** The content of a `verb-begin` event. */
export type ActionBegin = Infer<typeof actionBeginSchema>;
/** The content of a `verb-end` event. */
export type ActionEnd = Infer<typeof actionEndSchema>;
