/** The session is refused although it is valid. */
import { resourceError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'unauthorized',
  title: '401 INVALID_SESSION_ID although the session is valid',
  on: 'resource',
  phase: 'before',
  reply: () => resourceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
} satisfies Fault;
