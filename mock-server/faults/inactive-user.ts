/** The user was deactivated. */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'inactive-user',
  title: '400 inactive_user',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(400, 'inactive_user', 'user is inactive'),
} satisfies Fault;
