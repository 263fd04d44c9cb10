/** Defines the messages between a service and a partner's harness about a run; both sides validate them with zod. */
import { z } from 'zod';
import { actionBeginSchema, actionEndSchema } from '../../history/events/action.ts';
import { outputSchema, processBeginSchema, processEndSchema } from '../../history/events/process.ts';
import { stateSchema, storageSchema } from '../../history/events/storage.ts';
import { visitSchema } from '../../history/events/visit.ts';

const id = z.string().min(1).max(20);
const session = z.int().positive();
const number = z.int().positive();
const text = z.string().max(20_000);
const url = z.string().max(20_000);

/** Schema of the start of a session: the part of `SessionContext` that the local driver gets. */
export const beginSchema = z.object({
  session,
  env: z.record(z.string(), z.string()),
  loginUrl: url,
  redirectUris: z.array(url),
  timeoutMs: z.number().positive(),
  browserKey: text,
});

/** Schema of a process of the client. */
export const processSchema = z.object({ id, user: id });

/** Schema of the request for another process; the answer is null when the driver cannot start one. */
export const sessionSchema = z.object({ session });

/** Schema of one action. `steps`: the steps of the login that the scenario takes part in. */
export const actSchema = z.object({
  session,
  process: id,
  name: z.enum(['authorize', 'call', 'refresh', 'status', 'disconnect', 'restart', 'end']),
  kill: z.boolean().optional(),
  secret: text.optional(),
  /** For a login: its number within the run. */
  login: number.optional(),
  steps: z.object({ onOpen: z.boolean(), onCallback: z.boolean(), watches: z.boolean() }).optional(),
});

/** Schema of a client's answer. */
export const answerSchema = z.object({
  result: z.enum(['ok', 'failed', 'unsupported', 'timed-out', 'died', 'interrupted']),
  status: z.number().optional(),
  error: text.optional(),
  hint: text.optional(),
  reason: z.enum(['opened-elsewhere', 'no-answer', 'no-login']).optional(),
  reauthorize: z.boolean().optional(),
  connected: z.boolean().optional(),
  skipped: z.literal(true).optional(),
  opened: z.boolean().optional(),
  redirected: z.boolean().optional(),
  delivered: z.boolean().optional(),
  undelivered: text.optional(),
});

/** Schema of a step of a login that the scenario takes part in. */
export const stepSchema = z.object({ login: number, step: z.enum(['open', 'callback']), url });

/** Schema of the scenario's decision about a callback. */
export const stepAnswerSchema = z.object({ urls: z.array(url), tampered: text.optional() });

/** Schema of a secret of the run, with which the partner's side can redact. */
export const secretSchema = z.object({
  kind: z.enum(['RT', 'AT', 'CODE', 'VERIFIER', 'CHALLENGE', 'STATE', 'NONCE', 'IDTOKEN', 'SECRET', 'VALUE']),
  raw: z.string(),
});

/** Events that the partner's harness may report: observations of the client, nothing that the service observes itself. */
const reportedSchema = z.discriminatedUnion('kind', [
  actionBeginSchema,
  actionEndSchema,
  processBeginSchema,
  processEndSchema,
  outputSchema,
  visitSchema,
  stateSchema,
  storageSchema,
  z.object({ kind: z.literal('note'), text }),
]);

/** Schema of one event, with the number that the partner's harness gave it. */
export const eventNoteSchema = z.object({ session, seq: number, body: reportedSchema });

/** An event that the partner's harness reports. */
export type Reported = z.infer<typeof reportedSchema>;

/** Schema of the progress of a run that the local side shows. */
export const progressSchema = z.union([
  z.object({ begun: z.object({ id: text, title: text, n: z.number(), of: z.number() }) }),
  z.object({ done: z.object({ id: text, outcome: text, durationMs: z.number() }) }),
  z.object({ text }),
]);
