/** One line of `history.jsonl` as a schema; published as `history.v1.schema.json`. */
import { z } from 'zod';

import { factsSchema, secretSchema } from './facts-schema.ts';

const text = z.string();
const count = z.int().nonnegative();
const texts = z.array(text).readonly();

const envelope = z.object({
  seq: z.int().positive().describe('Counts from 1 without a gap.'),
  t: z.number().nonnegative().describe('Milliseconds since the run began, monotonic.'),
  scenario: text.describe('Scenario id, or empty between scenarios.'),
  prev: text
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the line before, without its line break; 64 zeros for the first.'),
});

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- K gives each kind its literal
const kind = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  envelope.extend({ kind: z.literal(name), ...shape });

const actionName = z.enum(['authorize', 'call', 'refresh', 'status', 'disconnect', 'redirect', 'restart']);
const endpoint = z.enum([
  'authorize',
  'login',
  'token',
  'revoke',
  'introspect',
  'userinfo',
  'identity',
  'keys',
  'discovery',
  'resource',
  'success',
  'other',
]);
const parameters = z.array(z.object({ name: text, value: text, secret: secretSchema.optional() })).readonly();

const RUN = [
  kind('run-begin', {
    schemaVersion: z.literal(1),
    tool: z.object({ name: text, version: text }),
    app: z.object({
      name: text,
      kind: z.enum(['external-client-app', 'connected-app']),
      client: z.enum(['public', 'confidential']),
      redirectUris: texts,
      scopes: texts,
      sharedStore: z.boolean(),
      persistence: z.enum(['durable', 'session']),
    }),
    run: z.object({
      id: text,
      startedAt: text,
      seed: z.number(),
      quietMs: z.number(),
      holdMs: z.number(),
      timeoutMs: z.number(),
      herd: count,
      policy: z.enum(['strict', 'salesforce']),
      rotation: text,
      driver: text,
    }),
    selection: z.object({
      suites: texts.optional(),
      grep: text.optional(),
      shard: text.optional(),
      scenarios: texts.optional(),
    }),
    failOn: z.enum(['must', 'should', 'never']),
    attestations: z.record(text, z.object({ by: text, at: text, proof: text, until: text })),
    abilities: z.record(text, z.boolean()),
    metadata: z.boolean().optional(),
    secretNeedsEncoding: z.boolean(),
  }),
  kind('run-end', { outcome: z.enum(['completed', 'interrupted', 'error']), detail: text.optional() }),
  kind('scenario-begin', { title: text, mode: z.enum(['strict', 'salesforce', 'observing']) }),
  kind('scenario-end', {
    outcome: z.enum(['completed', 'login-failed', 'crashed', 'timed-out', 'unsupported', 'interrupted', 'error']),
    detail: text.optional(),
    durationMs: z.number(),
    schedules: z.object({ explored: count, of: count, violating: count }).optional(),
  }),
  kind('phase', { phase: text, detail: text.optional() }),
  kind('note', { text, harnessFault: z.literal(true).optional() }),
  kind('settings', { facts: z.looseObject({}) }),
] as const;

const CLIENT = [
  kind('verb-begin', {
    verb: count,
    name: actionName,
    process: text,
    user: text,
    marker: text.optional().describe('Of a call: a text that the client may put into its API requests.'),
  }),
  kind('verb-end', {
    verb: count,
    name: actionName,
    process: text,
    result: z.enum(['ok', 'failed', 'unsupported', 'timed-out', 'died']),
    status: z.number().optional(),
    error: text.optional(),
    reauthorize: z.boolean().optional(),
    connected: z.boolean().optional(),
    skipped: z.literal(true).optional().describe('A person left it out; no check reads it.'),
  }),
  kind('process-begin', { process: text }),
  kind('process-end', { process: text, code: z.int().nullable(), signal: text.nullable(), expected: z.boolean() }),
  kind('output', { process: text, stream: z.enum(['stdout', 'stderr']), lines: texts, leaked: texts }),
  kind('visit', {
    step: z.enum(['opened', 'callback', 'lost', 'page']),
    verb: count.optional(),
    user: text,
    url: text,
    status: z.number().optional(),
    tampered: text.optional(),
    error: text.optional(),
    markup: texts.optional(),
    exposed: z.boolean().optional(),
    detail: text.optional(),
  }),
  kind('state', {
    user: text,
    files: z
      .array(z.object({ name: text, bytes: count, mode: text.optional(), exposed: z.boolean(), holds: texts }))
      .readonly(),
  }),
  kind('storage', {
    user: text,
    entries: z
      .array(
        z.object({
          area: z.enum(['local-storage', 'session-storage', 'indexed-db', 'cookie']),
          name: text,
          origin: text,
          holds: texts,
          httpOnly: z.boolean().optional(),
          secure: z.boolean().optional(),
          sameSite: z.enum(['Strict', 'Lax', 'None']).optional(),
        }),
      )
      .readonly(),
  }),
] as const;

const MOCK = [
  kind('request', {
    exchange: count,
    connection: text,
    begunAt: z.number(),
    host: z.enum(['login', 'instance', 'other']),
    endpoint,
    method: text,
    path: text,
    query: parameters,
    headers: parameters,
    body: parameters,
    bodyBytes: count,
    browser: z.boolean(),
    facts: factsSchema,
  }),
  kind('response', {
    exchange: count,
    endpoint,
    status: count,
    delivered: z.enum(['complete', 'aborted', 'cut', 'none']),
    error: text.optional(),
    errorDescription: text.optional(),
    issued: z
      .object({
        code: secretSchema.optional(),
        accessToken: secretSchema.optional(),
        refreshToken: secretSchema.optional(),
        family: text.optional(),
        generation: count.optional(),
      })
      .optional(),
    deniedBy: text.optional(),
    fault: text.optional(),
    body: text.optional(),
  }),
  kind('rotation', {
    exchange: count,
    family: text.nullable(),
    presented: secretSchema,
    outcome: z.enum(['rotated', 'in-flight', 'reuse', 'dead', 'expired', 'unknown', 'refused', 'replayed']),
    successor: secretSchema.optional(),
  }),
  kind('family', {
    family: text,
    change: z.enum(['created', 'revoked']),
    reason: z
      .enum(['reuse', 'revocation', 'code-reuse', 'admin', 'expired', 'approval-limit', 'key-rotation'])
      .optional(),
    user: text.optional(),
  }),
  kind('control', { action: text, family: text.optional(), detail: text.optional() }),
  kind('gate', { gate: text, action: z.enum(['armed', 'held', 'opened', 'closed']), exchange: count.optional() }),
  kind('fault', {
    fault: text,
    action: z.enum(['armed', 'fired', 'disarmed']),
    exchange: count.optional(),
    detail: text.optional(),
  }),
] as const;

/** Unknown keys are allowed: version 1 may be added to. */
export const eventSchema = z
  .discriminatedUnion('kind', [...RUN, ...CLIENT, ...MOCK])
  .meta({ title: 'One line of an sf-conformance history, version 1' });
