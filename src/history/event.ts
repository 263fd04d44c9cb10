/** Defines the lines of `history.jsonl`: what happened, in order, without verdicts. */
import { z } from 'zod';
import { actionBeginSchema, actionEndSchema } from './events/action.ts';
import { controlSchema, faultSchema, gateSchema } from './events/control.ts';
import { requestSchema, responseSchema } from './events/exchange.ts';
import { probeSchema } from './events/probe.ts';
import { outputSchema, processBeginSchema, processEndSchema } from './events/process.ts';
import { familySchema, rotationSchema } from './events/rotation.ts';
import { runBeginSchema, runEndSchema } from './events/run.ts';
import { phaseSchema, scenarioBeginSchema, scenarioEndSchema } from './events/scenario.ts';
import { stateSchema, storageSchema } from './events/storage.ts';
import { visitSchema } from './events/visit.ts';
import { seq, text, type Infer } from './schema.ts';
import { settingsFactsSchema } from './settings.ts';

export type * from './events/control.ts';
export type * from './events/exchange.ts';
export type * from './events/probe.ts';
export type * from './events/process.ts';
export type * from './events/rotation.ts';
export type * from './events/run.ts';
export type * from './events/scenario.ts';
export type * from './events/storage.ts';
export type * from './events/action.ts';
export type * from './events/visit.ts';

const envelopeSchema = z.object({
  seq: seq.describe('Counts from 1 without a gap.'),
  t: z.number().nonnegative().describe('Milliseconds since the run began, monotonic.'),
  scenario: text.describe('Scenario id, or empty between scenarios.'),
  by: z
    .literal('partner')
    .optional()
    .describe("The partner's harness saw it and reported it to the service that keeps the history."),
  prev: text
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the line before, without its line break; 64 zeros for the first.'),
});

/** A sentence for the reader of the evidence. */
const noteSchema = z.object({
  kind: z.literal('note'),
  text,
  /** The mock or the harness failed: later events of this scenario are not evidence about the client. */
  harnessFault: z.literal(true).optional(),
});

/** Facts of the app's metadata, read before the run and recorded as the scenario `settings`. */
const settingsSchema = z.object({ kind: z.literal('settings'), facts: settingsFactsSchema });

const BODIES = [
  ...[runBeginSchema, runEndSchema, scenarioBeginSchema, scenarioEndSchema, phaseSchema, noteSchema, settingsSchema],
  ...[actionBeginSchema, actionEndSchema, processBeginSchema, processEndSchema, outputSchema],
  ...[visitSchema, stateSchema, storageSchema],
  ...[requestSchema, responseSchema, rotationSchema, familySchema, controlSchema, gateSchema, faultSchema],
  probeSchema,
] as const;

type Body = (typeof BODIES)[number];

/** The fields that every line has (docs/contract.md, section 5). */
export type Envelope = Infer<typeof envelopeSchema>;

/** One line of history without its envelope. */
export type EventBody = { readonly [B in Body as z.output<B>['kind']]: Infer<B> }[z.output<Body>['kind']];

/** One line of history. */
export type Event = Envelope & EventBody;

/** An event of one kind with its envelope: `EventOf<'request'>`. */
export type EventOf<K extends EventBody['kind']> = Envelope & Extract<EventBody, { kind: K }>;

/** The kinds of events that this version writes. */
export const EVENT_KINDS: ReadonlySet<string> = new Set(BODIES.flatMap(({ shape }) => [...shape.kind.values]));

const lineOf = (body: Body) => envelopeSchema.extend(body.shape);
const [first, ...others] = BODIES;

/** Schema of one line of `history.jsonl`. Unknown keys are allowed, because later minor versions may add some. */
export const eventSchema = z
  .discriminatedUnion('kind', [lineOf(first), ...others.map(lineOf)])
  .meta({ title: 'One line of an sf-conformance history, version 1' });
