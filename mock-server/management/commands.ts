/** What can be asked of a mock from outside, each with the shape of its body. Unknown names and fields are refused. */
import { z } from 'zod';
import type { Control, GatePoint } from '../mock.ts';

const POINTS = [
  'resource-denied',
  'resource-answer',
  'refresh-request',
  'refresh-answer',
  'refresh-refusal',
  'code-request',
  'revoke-request',
] as const satisfies readonly GatePoint[];

const family = z
  .string()
  .regex(/^F#\d{1,9}$/)
  .optional();

/** Body of `POST /gates`. */
export const gateBody = z.strictObject({ point: z.enum(POINTS), limit: z.int().min(1).max(10_000).optional() });

/** Body of `POST /faults`. */
export const faultBody = z.strictObject({
  fault: z.string().max(80),
  on: z.enum(['refresh', 'code', 'token', 'resource', 'revoke', 'authorize']).optional(),
  /** Absent: once. 0: until it is disarmed. */
  times: z.int().min(0).max(1_000_000).optional(),
  with: z.record(z.string().max(80), z.union([z.string().max(1_000), z.number(), z.boolean()])).optional(),
});

/** Names of `POST /control/<name>`. */
export type ControlName = keyof typeof CONTROLS;

interface Command {
  /** False when the body is not of its shape; then nothing was done. */
  run(control: Control, body: unknown): boolean;
}

function command<T>(shape: z.ZodType<T>, act: (control: Control, body: T) => void): Command {
  return {
    run(control, body) {
      const read = shape.safeParse(body);
      if (read.success) act(control, read.data);
      return read.success;
    },
  };
}

export const CONTROLS = {
  expire: command(z.strictObject({ family }), (control, body) => {
    control.expireAccessTokens(body.family);
  }),
  reject: command(
    z.strictObject({ family, reason: z.enum(['expired', 'admin', 'key-rotation', 'approval-limit']).optional() }),
    (control, body) => {
      control.rejectRefreshTokens(body.family, body.reason);
    },
  ),
  replay: command(z.strictObject({ family }), (control, body) => {
    control.replayOldToken(body.family);
  }),
  advance: command(z.strictObject({ ms: z.number().min(0).max(1e13) }), (control, body) => {
    control.advance(body.ms);
  }),
  mode: command(z.strictObject({ mode: z.enum(['strict', 'salesforce', 'observing']) }), (control, body) => {
    control.setMode(body.mode);
  }),
  'rotate-secret': command(z.strictObject({ secret: z.string().min(1).max(1_000) }), (control, body) => {
    control.rotateSecret(body.secret);
  }),
  'refuse-connections': command(z.strictObject({ on: z.boolean() }), (control, body) => {
    control.refuseConnections(body.on);
  }),
  reset: command(z.strictObject({}), (control) => {
    control.reset();
  }),
} as const satisfies Readonly<Record<string, Command>>;
