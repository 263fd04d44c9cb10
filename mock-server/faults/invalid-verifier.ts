/** The verifier is refused, although it is right (RFC 7636 §4.6). */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'invalid-verifier',
  title: '400 invalid_grant: invalid code verifier',
  on: 'code',
  phase: 'before',
  reply: () => oauthError(400, 'invalid_grant', 'invalid code verifier'),
} satisfies Fault;
