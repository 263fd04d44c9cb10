/** The grant type is refused (RFC 6749 §5.2). */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'unsupported-grant-type',
  title: '400 unsupported_grant_type',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(400, 'unsupported_grant_type', 'grant type not supported'),
} satisfies Fault;
