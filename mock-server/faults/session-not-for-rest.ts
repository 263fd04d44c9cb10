/** A session that the REST API does not accept, before and after a refresh: refreshing and retrying never ends (jsforce#1301). */
import { resourceError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'session-not-for-rest',
  title: '401 INVALID_SESSION_ID that a refresh does not fix',
  on: 'resource',
  phase: 'before',
  reply: () =>
    resourceError(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API', {
      'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
    }),
} satisfies Fault;
