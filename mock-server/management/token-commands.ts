/** Defines the commands that end tokens. */
import { z } from 'zod';
import { command, type CommandContext } from './command.ts';
import type { Route } from './route.ts';

const REASONS = ['expired', 'admin', 'key-rotation', 'approval-limit'] as const;
const familyBody = z.strictObject({
  family: z.string().max(40).optional().describe('One token family, as `/state` names it. Default: all of them.'),
});

/** The commands that expire sessions, reject refresh tokens and revoke families. */
export const TOKENS: readonly Route<CommandContext>[] = [
  command({
    path: '/expire',
    id: 'expireSessions',
    summary: 'Expires access tokens: API requests are answered 401 `INVALID_SESSION_ID`',
    body: familyBody,
    act: ({ mock }, { family }) => {
      mock.control.expireAccessTokens(family);
    },
  }),
  command({
    path: '/reject',
    id: 'rejectRefreshTokens',
    summary: 'Rejects refresh tokens with 400 `invalid_grant`; access tokens end too',
    body: familyBody.extend({ reason: z.enum(REASONS).optional().describe('Default `expired`.') }),
    act: ({ mock }, { family, reason }) => {
      mock.control.rejectRefreshTokens(family, reason);
    },
  }),
  command({
    path: '/replay',
    id: 'revokeFamily',
    summary: 'Ends token families, as Salesforce does when a used refresh token is sent again',
    body: familyBody,
    act: ({ mock }, { family }) => {
      mock.control.replayOldToken(family);
    },
  }),
];
