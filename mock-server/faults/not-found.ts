/** The resource does not exist: a refresh does not help. */
import { resourceError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'not-found',
  title: '404 NOT_FOUND with a good token',
  on: 'resource',
  phase: 'before',
  reply: () => resourceError(404, 'NOT_FOUND', 'The requested resource does not exist'),
} satisfies Fault;
