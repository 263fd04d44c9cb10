/** The session is valid and a permission is missing: a refresh does not help (RFC 6750 §3.1). */
import { resourceError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'forbidden',
  title: '403 INSUFFICIENT_ACCESS with a good token',
  on: 'resource',
  phase: 'before',
  reply: () => resourceError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on cross-reference id'),
} satisfies Fault;
