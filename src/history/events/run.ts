/** Defines the events for a run as a whole: what was tested, how, and how it ended. */
import { z } from 'zod';
import { count, text, texts, type Infer } from '../schema.ts';

const appDescription = z.object({
  name: text,
  kind: z.enum(['external-client-app', 'connected-app']),
  client: z.enum(['public', 'confidential']),
  redirectUris: texts,
  scopes: texts,
  sharedStore: z.boolean(),
  persistence: z.enum(['durable', 'session']),
  egress: texts.optional().describe('Addresses and ranges that the client refreshes from, as declared.'),
  leaseMs: z.number().optional().describe('How long the client lets one process hold the right to refresh.'),
});

const runDescription = z.object({
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
  rules: text.optional().describe('Requirement set of the run. Absent: sf-partner-2026-05.'),
  upstream: z
    .literal(true)
    .optional()
    .describe('Requests were forwarded to a real org: what only the mock knows is not in this history.'),
  configuration: text
    .optional()
    .describe('Path of the configuration from the root of its repository, or from where the command was typed.'),
  language: text.optional().describe('Programming language of the client, as the command of the driver shows it.'),
  recordedBy: text
    .optional()
    .describe(
      "Origin of the service that ran the mock and recorded; events with `by` were reported to it by the partner's harness.",
    ),
});

const selection = z.object({
  suites: texts.optional(),
  grep: text.optional(),
  shard: text.optional(),
  /** The scenarios of this shard. */
  scenarios: texts.optional(),
});

/** Describes an attestation: what a person confirms, where the proof is and until when it holds (docs/contract.md, section 6). */
export const attestationSchema = z.object({ by: text, at: text, proof: text, until: text });

/** Describes the first event of a history. */
export const runBeginSchema = z.object({
  kind: z.literal('run-begin'),
  schemaVersion: z.literal(1),
  tool: z.object({ name: text, version: text }),
  app: appDescription,
  run: runDescription,
  selection,
  /** The level whose violation fails the run (`--fail-on`). */
  failOn: z.enum(['must', 'should', 'never']),
  /** From the configuration, by requirement id (docs/contract.md, section 6). */
  attestations: z.record(text, attestationSchema),
  /** What the driver can do. */
  abilities: z.record(text, z.boolean()),
  /** The configuration names metadata: the suite `settings` applies. */
  metadata: z.boolean().optional(),
  knownScenarios: texts
    .optional()
    .describe('All scenarios of the version that recorded. Absent: those of the first version.'),
  /** The secret of a confidential client has characters that must be form-encoded inside Basic (RFC 6749 §2.3.1). */
  secretNeedsEncoding: z.boolean(),
  /** Over all other fields of this event; shows of an unfinished run which installation began it. */
  signature: z
    .object({ algorithm: z.literal('Ed25519'), publicKey: text, value: text })
    .optional()
    .describe('Signature over the other fields of this event; keys and values in base64.'),
});

/** Describes the last event of a history. */
export const runEndSchema = z.object({
  kind: z.literal('run-end'),
  /** `interrupted` by a signal, `error` by a fault of the harness. */
  outcome: z.enum(['completed', 'interrupted', 'error']),
  detail: text.optional(),
});

/** The tested app as `run-begin` describes it, without secrets. */
export type AppDescription = Infer<typeof appDescription>;
/** The settings of the run as `run-begin` describes them. */
export type RunDescription = Infer<typeof runDescription>;
/** The selected checks; absent lists mean all. Checks that were not selected are `skip`. */
export type Selection = Infer<typeof selection>;
/** A person's confirmation of a requirement, from the configuration. */
export type Attestation = Infer<typeof attestationSchema>;
/** The content of the `run-begin` event. */
export type RunBegin = Infer<typeof runBeginSchema>;
/** The content of the `run-end` event. */
export type RunEnd = Infer<typeof runEndSchema>;
