/** What a service and a partner's harness send each other about a run; zod checks whatever crosses the link. */
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

/** The start of a session: what the local driver gets of its `SessionContext`. */
export const beginSchema = z.object({
  session,
  env: z.record(z.string(), z.string()),
  loginUrl: url,
  redirectUris: z.array(url),
  timeoutMs: z.number().positive(),
  browserKey: text,
});

/** A process of the client, as a session hands it out. */
export const processSchema = z.object({ id, user: id });

/** Asks a session for another process; a session that cannot have one answers null. */
export const sessionSchema = z.object({ session });

/** One action. `steps`: which steps of the login the scenario takes part in. */
export const actSchema = z.object({
  session,
  process: id,
  name: z.enum(['authorize', 'call', 'refresh', 'status', 'disconnect', 'restart', 'end']),
  kill: z.boolean().optional(),
  secret: text.optional(),
  /** Of a login: its number among the logins of the run. */
  login: number.optional(),
  steps: z.object({ onOpen: z.boolean(), onCallback: z.boolean(), watches: z.boolean() }).optional(),
});

/** What a client answered. */
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

/** A step of a login that the scenario takes part in. */
export const stepSchema = z.object({ login: number, step: z.enum(['open', 'callback']), url });

/** What the scenario says of a callback. */
export const stepAnswerSchema = z.object({ urls: z.array(url), tampered: text.optional() });

/** A secret of the run, so that the partner's side can name it. */
export const secretSchema = z.object({
  kind: z.enum(['RT', 'AT', 'CODE', 'VERIFIER', 'CHALLENGE', 'STATE', 'NONCE', 'IDTOKEN', 'SECRET', 'VALUE']),
  raw: z.string(),
});

/** What the partner's harness may report: what it saw of the client, and nothing that the service sees itself. */
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

/** One event, with the number that the partner's harness gave it. */
export const eventNoteSchema = z.object({ session, seq: number, body: reportedSchema });

export type Reported = z.infer<typeof reportedSchema>;

/** What the local side shows of a run that goes on. */
export const progressSchema = z.union([
  z.object({ begun: z.object({ id: text, title: text, n: z.number(), of: z.number() }) }),
  z.object({ done: z.object({ id: text, outcome: text, durationMs: z.number() }) }),
  z.object({ text }),
]);
