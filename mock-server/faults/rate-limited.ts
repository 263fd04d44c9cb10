/** Too many logins of one user within an hour. */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'rate-limited',
  title: '400 rate_limit_exceeded',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(400, 'rate_limit_exceeded', 'number of logins exceeded'),
} satisfies Fault;
