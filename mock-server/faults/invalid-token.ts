/** The token that is to be revoked is unknown (RFC 7009 §2.2 asks for 200; Salesforce answers 400). */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'invalid-token',
  title: '400 invalid_token',
  on: 'revoke',
  phase: 'before',
  reply: () => oauthError(400, 'invalid_token', 'invalid token'),
} satisfies Fault;
