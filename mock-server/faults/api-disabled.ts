/** The org's edition has no API: a login succeeds, and every API request is refused although its token is valid (forcedotcom/cli#3428). */
import { resourceError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'api-disabled',
  title: '403 API_DISABLED_FOR_ORG with a valid token',
  on: 'resource',
  phase: 'before',
  reply: () => resourceError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'),
} satisfies Fault;
