/** The authorization code came too late (RFC 6749 §5.2). */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'expired-code',
  title: '400 invalid_grant: expired authorization code',
  on: 'code',
  phase: 'before',
  reply: () => oauthError(400, 'invalid_grant', 'expired authorization code'),
} satisfies Fault;
