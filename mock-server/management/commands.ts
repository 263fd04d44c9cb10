/** The requests of the management port that change a mock or report its state. */
import { z } from 'zod';
import { USER_NAME } from '../salesforce/org.ts';
import { FAULTS } from '../faults/catalogue.ts';
import { GATE_POINTS, type ArmedFault, type Gate, type Mock, type Mode } from '../mock.ts';
import { USER_STATUSES, type UserStatus } from '../policy/user-status.ts';
import { routesIn, type Route } from './route.ts';

const TARGETS = ['refresh', 'code', 'token', 'resource', 'revoke', 'authorize'] as const;
const MODES = ['strict', 'salesforce', 'observing'] as const satisfies readonly Mode[];
const REASONS = ['expired', 'admin', 'key-rotation', 'approval-limit'] as const;
/** How many armed faults the state lists. */
const MOST_FAULTS = 100;

const userStatuses = Object.keys(USER_STATUSES) as UserStatus[];
/** With a real org: the caller agrees to what may end a user's connection. */
const confirm = z
  .literal(true)
  .optional()
  .describe('Agrees to what may end the connection of a user, where requests are forwarded to a real org.');
const familyBody = z.strictObject({
  family: z.string().max(40).optional().describe('One token family, as `/state` names it. Default: all of them.'),
});
const settings = z.record(z.string().max(40), z.union([z.string().max(400), z.number(), z.boolean()]));

/** What is steered: a mock, and what was armed through this port. */
export interface CommandContext {
  readonly mock: Pick<Mock, 'loginUrl' | 'instanceUrl' | 'control' | 'open'>;
  mode: Mode;
  faults: readonly ArmedFault[];
  readonly gates: Map<string, Gate>;
}

/** Returns the context of one port. @param mode the mode that the mock was started in */
export const createCommandContext = (mock: CommandContext['mock'], mode: Mode): CommandContext => ({
  ...{ mock, mode, faults: [], gates: new Map() },
});

const command = routesIn<CommandContext>();

const STATE = command({
  method: 'GET',
  path: '/state',
  id: 'getState',
  summary: 'Returns what is armed and held, the token families, and every fault by name',
  answer: z.object({
    loginUrl: z.string(),
    instanceUrl: z.string(),
    open: z.int().describe('Exchanges that are not answered yet.'),
    mode: z.enum(MODES),
    faults: z.array(z.object({ id: z.string(), fired: z.int() })),
    gates: z.array(z.object({ id: z.string(), held: z.int() })),
    families: z.array(
      z.object({
        id: z.string(),
        user: z.string(),
        alive: z.boolean(),
        generation: z.int().describe('Of its newest refresh token.'),
      }),
    ),
    catalogue: z.array(z.object({ id: z.string(), title: z.string(), on: z.string() })),
  }),
  act: ({ mock, mode, faults, gates }) => ({
    ...{ loginUrl: mock.loginUrl, instanceUrl: mock.instanceUrl, open: mock.open, mode },
    faults: faults.map(({ id, fired }) => ({ id, fired })),
    gates: [...gates.values()].map(({ id, held }) => ({ id, held: held.length })),
    families: [...mock.control.families()],
    catalogue: [...FAULTS.values()].map(({ id, title, on }) => ({ id, title, on })),
  }),
});

const ARMING: readonly Route<CommandContext>[] = [
  command({
    path: '/faults',
    id: 'fail',
    summary: 'Arms a fault for the next matching requests',
    body: z.strictObject({
      fault: z.enum([...FAULTS.keys()] as [string, ...string[]]),
      on: z.enum(TARGETS).optional().describe('Default: what the fault itself declares, see `catalogue` of `/state`.'),
      times: z
        .union([z.int().min(1).max(1_000_000), z.literal('always')])
        .optional()
        .describe('How often it acts. Default 1.'),
      with: settings.optional().describe('Settings of the fault, such as `seconds` of `throttled`.'),
      confirm,
    }),
    answer: z.object({ fault: z.string() }),
    act(context, { fault, on, times, with: given, confirm: confirmed }) {
      const armed = context.mock.control.inject({
        ...{ fault, confirmed },
        ...(on === undefined ? {} : { on }),
        ...(times === undefined ? {} : { times: times === 'always' ? Infinity : times }),
        ...(given === undefined ? {} : { with: given }),
      });
      context.faults = [...context.faults, armed].slice(-MOST_FAULTS);
      return { fault: armed.id };
    },
  }),
  command({
    path: '/gates',
    id: 'hold',
    summary: 'Holds exchanges at a point until the gate is opened',
    body: z.strictObject({
      point: z.enum(GATE_POINTS),
      limit: z.int().min(1).max(10_000).optional().describe('Holds at most so many. Default: no limit.'),
      confirm,
    }),
    answer: z.object({ gate: z.string() }),
    act({ mock, gates }, { point, limit, confirm: confirmed }) {
      const gate = mock.control.hold({ point, confirmed, ...(limit === undefined ? {} : { limit }) });
      gates.set(gate.id, gate);
      return { gate: gate.id };
    },
  }),
  command({
    path: '/gates/open',
    id: 'openGate',
    summary: 'Opens a gate for good and lets go what it holds, in order of arrival',
    body: z.strictObject({ gate: z.string().max(60).optional().describe('Default: all of them.') }),
    answer: z.object({ opened: z.array(z.string()) }),
    act({ gates }, { gate }) {
      const chosen = gate === undefined ? [...gates.keys()] : [gate].filter((id) => gates.has(id));
      for (const id of chosen) {
        gates.get(id)?.close();
        gates.delete(id);
      }
      return { opened: chosen };
    },
  }),
];

const TOKENS: readonly Route<CommandContext>[] = [
  command({
    path: '/expire',
    id: 'expireSessions',
    summary: 'Expires access tokens: API requests are answered 401 `INVALID_SESSION_ID`',
    body: familyBody,
    act: ({ mock }, { family }) => {
      mock.control.expireAccessTokens(family);
      return undefined;
    },
  }),
  command({
    path: '/reject',
    id: 'rejectRefreshTokens',
    summary: 'Rejects refresh tokens with 400 `invalid_grant`; access tokens end too',
    body: familyBody.extend({ reason: z.enum(REASONS).optional().describe('Default `expired`.') }),
    act: ({ mock }, { family, reason }) => {
      mock.control.rejectRefreshTokens(family, reason);
      return undefined;
    },
  }),
  command({
    path: '/replay',
    id: 'revokeFamily',
    summary: 'Ends token families, as Salesforce does when a used refresh token is sent again',
    body: familyBody,
    act: ({ mock }, { family }) => {
      mock.control.replayOldToken(family);
      return undefined;
    },
  }),
];

const SURROUNDINGS: readonly Route<CommandContext>[] = [
  command({
    path: '/standing',
    id: 'setUserStatus',
    summary: 'Sets the status of a user: inactive, blocked, outside login hours',
    body: z.strictObject({
      standing: z.enum(['good', ...userStatuses]),
      user: z.string().regex(USER_NAME).optional().describe('`U1`, `U2` … Default: every user.'),
    }),
    act: ({ mock }, { standing, user }) => {
      mock.control.setUserStatus(standing === 'good' ? undefined : standing, user);
      return undefined;
    },
  }),
  command({
    path: '/advance',
    id: 'advance',
    summary: "Puts the mock's clock forward: codes, tokens and sessions age",
    body: z.strictObject({ ms: z.int().min(0).max(1e13).describe('Milliseconds.') }),
    act: ({ mock }, { ms }) => {
      mock.control.advance(ms);
      return undefined;
    },
  }),
  command({
    path: '/age',
    id: 'age',
    summary: 'Lets refresh tokens and settings that propagate grow older, without moving the clock',
    body: z.strictObject({
      ms: z.int().min(0).max(1e13).describe('Milliseconds.'),
      idleLimitMs: z
        .int()
        .min(0)
        .max(1e13)
        .optional()
        .describe('Refresh tokens that were not used for so long expire. Default: the switch `refreshTokenIdleMs`.'),
    }),
    act: ({ mock }, { ms, idleLimitMs }) => {
      mock.control.age(ms, idleLimitMs);
      return undefined;
    },
  }),
  command({
    path: '/app',
    id: 'changeApp',
    summary: 'Switches PKCE or refresh token rotation of the app on or off, now or later',
    body: z.strictObject({
      pkce: z.boolean().optional(),
      rotation: z.boolean().optional(),
      afterMs: z.int().min(0).max(1e13).optional().describe('Milliseconds until it takes effect. Default 0.'),
    }),
    act: ({ mock }, { pkce, rotation, afterMs }) => {
      const change = { ...(pkce !== undefined && { pkce }), ...(rotation !== undefined && { rotation }) };
      mock.control.changeApp(change, afterMs);
      return undefined;
    },
  }),
  command({
    path: '/stage-secret',
    id: 'stageSecret',
    summary: 'Gives the app a second client secret beside the first; nothing is revoked',
    body: z.strictObject({
      valid: z.enum(['old', 'both', 'new']),
      secret: z.string().min(1).max(1_000).optional().describe('Default: a random one.'),
    }),
    act: ({ mock }, { valid, secret }) => {
      mock.control.stageSecret(valid === 'old' ? undefined : valid, secret);
      return undefined;
    },
  }),
  command({
    path: '/rotate-secret',
    id: 'rotateSecret',
    summary: 'Gives the app another client secret and revokes what was issued',
    body: z.strictObject({ secret: z.string().min(1).max(1_000) }),
    act: ({ mock }, { secret }) => {
      mock.control.rotateSecret(secret);
      return undefined;
    },
  }),
  command({
    path: '/refuse-connections',
    id: 'refuseConnections',
    summary: 'Resets every connection to the login host while it is on',
    body: z.strictObject({ on: z.boolean() }),
    act: ({ mock }, { on }) => {
      mock.control.refuseConnections(on);
      return undefined;
    },
  }),
  command({
    path: '/mode',
    id: 'setMode',
    summary: 'Chooses what is enforced: the partner rule, what Salesforce enforces, or rotation only',
    body: z.strictObject({ mode: z.enum(MODES) }),
    act: (context, { mode }) => {
      context.mock.control.setMode(mode);
      context.mode = mode;
      return undefined;
    },
  }),
  command({
    path: '/reset',
    id: 'reset',
    summary: 'Forgets the exchanges, opens gates and disarms faults; tokens stay valid',
    act: (context) => {
      context.mock.control.reset();
      context.gates.clear();
      context.faults = [];
      return undefined;
    },
  }),
];

/** Every request of this file, in the order of the description. */
export const COMMANDS: readonly Route<CommandContext>[] = [STATE, ...TOKENS, ...ARMING, ...SURROUNDINGS];
