/** The session is good and the right is missing: no refresh helps (RFC 6750 §3.1). */
import { resourceError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'forbidden',
  title: '403 INSUFFICIENT_ACCESS with a good token',
  on: 'resource',
  phase: 'before',
  reply: () => resourceError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on cross-reference id'),
} satisfies Fault;
