/** Defines the commands that change the org, the app, the clock and the mode of a mock. */
import { z } from 'zod';
import { USER_STATUSES, type UserStatus } from '../policy/user-status.ts';
import { USER_NAME } from '../salesforce/org.ts';
import { command, MODES, type CommandContext } from './command.ts';
import type { Route } from './route.ts';

const userStatuses = Object.keys(USER_STATUSES) as UserStatus[];

/** The commands that change settings, and the one that resets them. */
export const SETTINGS: readonly Route<CommandContext>[] = [
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
    },
  }),
  command({
    path: '/advance',
    id: 'advance',
    summary: "Puts the mock's clock forward: codes, tokens and sessions age",
    body: z.strictObject({ ms: z.int().min(0).max(1e13).describe('Milliseconds.') }),
    act: ({ mock }, { ms }) => {
      mock.control.advance(ms);
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
    },
  }),
  command({
    path: '/rotate-secret',
    id: 'rotateSecret',
    summary: 'Gives the app another client secret and revokes what was issued',
    body: z.strictObject({ secret: z.string().min(1).max(1_000) }),
    act: ({ mock }, { secret }) => {
      mock.control.rotateSecret(secret);
    },
  }),
  command({
    path: '/refuse-connections',
    id: 'refuseConnections',
    summary: 'Resets every connection to the login host while it is on',
    body: z.strictObject({ on: z.boolean() }),
    act: ({ mock }, { on }) => {
      mock.control.refuseConnections(on);
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
    },
  }),
];
