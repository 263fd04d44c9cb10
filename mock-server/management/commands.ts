/** The commands of the management port: the path, the schema of the body, and what is done. */
import { z } from 'zod';
import { USER_NAME } from '../salesforce/org.ts';
import { FAULTS } from '../faults/catalogue.ts';
import type { ArmedFault, Control, Gate, GatePoint, Mode } from '../mock.ts';
import { USER_STATUSES, type UserStatus } from '../policy/user-status.ts';

const POINTS = [
  'resource-denied',
  'resource-answer',
  'refresh-request',
  'refresh-answer',
  'refresh-refusal',
  'code-request',
  'revoke-request',
] as const satisfies readonly GatePoint[];
const TARGETS = ['refresh', 'code', 'token', 'resource', 'revoke', 'authorize'] as const;
const MODES = ['strict', 'salesforce', 'observing'] as const satisfies readonly Mode[];
const REASONS = ['expired', 'admin', 'key-rotation', 'approval-limit'] as const;

const userStatuses = Object.keys(USER_STATUSES) as UserStatus[];
const family = z.string().max(40).optional();
const settings = z.record(z.string().max(40), z.union([z.string().max(400), z.number(), z.boolean()]));

/** Carries out a command and returns its answer. @throws z.ZodError when the body is not valid */
export type Command = (body: unknown) => unknown;

/** The commands of one mock. */
export interface Commands {
  /** Commands by path: `/faults`. */
  readonly table: ReadonlyMap<string, Command>;
  /** Returns what is armed and how many exchanges are held. */
  state(): {
    readonly mode: Mode;
    readonly faults: readonly { readonly id: string; readonly fired: number }[];
    readonly gates: readonly { readonly id: string; readonly held: number }[];
  };
}

/** Returns the commands of a mock. @param started the mode that the mock was started in */
export function createCommands(control: Control, started: Mode): Commands {
  let mode = started;
  let faults: readonly ArmedFault[] = [];
  const gates = new Map<string, Gate>();

  const order =
    <S extends z.ZodType>(shape: S, act: (body: z.infer<S>) => unknown): Command =>
    (body) =>
      act(shape.parse(body)) ?? {};

  const table = new Map<string, Command>([
    [
      '/faults',
      order(
        z.strictObject({
          fault: z.enum([...FAULTS.keys()] as [string, ...string[]]),
          on: z.enum(TARGETS).optional(),
          times: z.union([z.int().min(1).max(1_000_000), z.literal('always')]).optional(),
          with: settings.optional(),
        }),
        ({ fault, on, times, with: given }) => {
          const armed = control.inject({
            fault,
            ...(on === undefined ? {} : { on }),
            ...(times === undefined ? {} : { times: times === 'always' ? Infinity : times }),
            ...(given === undefined ? {} : { with: given }),
          });
          faults = [...faults, armed].slice(-100);
          return { fault: armed.id };
        },
      ),
    ],
    [
      '/gates',
      order(z.strictObject({ point: z.enum(POINTS), limit: z.int().min(1).max(10_000).optional() }), (body) => {
        const { point, limit } = body;
        const gate = control.hold({ point, ...(limit === undefined ? {} : { limit }) });
        gates.set(gate.id, gate);
        return { gate: gate.id };
      }),
    ],
    [
      '/gates/open',
      order(z.strictObject({ gate: z.string().max(60).optional() }), ({ gate }) => {
        const chosen = gate === undefined ? [...gates.keys()] : [gate].filter((id) => gates.has(id));
        for (const id of chosen) {
          gates.get(id)?.close();
          gates.delete(id);
        }
        return { opened: chosen };
      }),
    ],
    [
      '/expire',
      order(z.strictObject({ family }), (body) => {
        control.expireAccessTokens(body.family);
      }),
    ],
    [
      '/reject',
      order(z.strictObject({ family, reason: z.enum(REASONS).optional() }), (body) => {
        control.rejectRefreshTokens(body.family, body.reason);
      }),
    ],
    [
      '/replay',
      order(z.strictObject({ family }), (body) => {
        control.replayOldToken(body.family);
      }),
    ],
    [
      '/standing',
      order(
        z.strictObject({ standing: z.enum(['good', ...userStatuses]), user: z.string().regex(USER_NAME).optional() }),
        ({ standing, user }) => {
          control.setUserStatus(standing === 'good' ? undefined : standing, user);
        },
      ),
    ],
    [
      '/advance',
      order(z.strictObject({ ms: z.int().min(0).max(1e13) }), ({ ms }) => {
        control.advance(ms);
      }),
    ],
    [
      '/age',
      order(
        z.strictObject({ ms: z.int().min(0).max(1e13), idleLimitMs: z.int().min(0).max(1e13).optional() }),
        (body) => {
          control.age(body.ms, body.idleLimitMs);
        },
      ),
    ],
    [
      '/app',
      order(
        z.strictObject({
          pkce: z.boolean().optional(),
          rotation: z.boolean().optional(),
          afterMs: z.int().min(0).max(1e13).optional(),
        }),
        ({ pkce, rotation, afterMs }) => {
          control.changeApp(
            { ...(pkce !== undefined && { pkce }), ...(rotation !== undefined && { rotation }) },
            afterMs,
          );
        },
      ),
    ],
    [
      '/stage-secret',
      order(
        z.strictObject({ valid: z.enum(['old', 'both', 'new']), secret: z.string().min(1).max(1_000).optional() }),
        ({ valid, secret }) => {
          control.stageSecret(valid === 'old' ? undefined : valid, secret);
        },
      ),
    ],
    [
      '/rotate-secret',
      order(z.strictObject({ secret: z.string().min(1).max(1_000) }), ({ secret }) => {
        control.rotateSecret(secret);
      }),
    ],
    [
      '/refuse-connections',
      order(z.strictObject({ on: z.boolean() }), ({ on }) => {
        control.refuseConnections(on);
      }),
    ],
    [
      '/mode',
      order(z.strictObject({ mode: z.enum(MODES) }), (body) => {
        mode = body.mode;
        control.setMode(mode);
      }),
    ],
    [
      '/reset',
      order(z.strictObject({}), () => {
        control.reset();
        gates.clear();
        faults = [];
      }),
    ],
  ]);
  return {
    table,
    state: () => ({
      mode,
      faults: faults.map(({ id, fired }) => ({ id, fired })),
      gates: [...gates.values()].map(({ id, held }) => ({ id, held: held.length })),
    }),
  };
}
