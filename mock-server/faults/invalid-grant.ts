/** The refresh token is rejected once, although it is valid (RFC 6749 §5.2). */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'invalid-grant',
  title: '400 invalid_grant: expired access/refresh token',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(400, 'invalid_grant', 'expired access/refresh token'),
} satisfies Fault;
