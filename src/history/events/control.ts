/** Defines the events for what the harness did to the mock: commands, gates, faults. */
import { z } from 'zod';
import { count, text, type Infer } from '../schema.ts';

/** Describes a stimulus that the harness gave through the mock. */
export const controlSchema = z.object({
  kind: z.literal('control'),
  /** `expire-access-tokens`, `reject-refresh-token`, `steal-refresh-token` … */
  action: text,
  family: text.optional(),
  detail: text.optional(),
});

/** Describes what happened at a gate. */
export const gateSchema = z.object({
  kind: z.literal('gate'),
  gate: text,
  action: z.enum(['armed', 'held', 'opened', 'closed']),
  exchange: count.optional(),
});

/** Describes what happened to a fault. */
export const faultSchema = z.object({
  kind: z.literal('fault'),
  fault: text,
  action: z.enum(['armed', 'fired', 'disarmed']),
  exchange: count.optional(),
  detail: text.optional(),
});

/** A stimulus of the harness, as recorded. */
export type ControlEvent = Infer<typeof controlSchema>;
/** An event of a gate, as recorded. */
export type GateEvent = Infer<typeof gateSchema>;
/** An event of a fault, as recorded. */
export type FaultEvent = Infer<typeof faultSchema>;
