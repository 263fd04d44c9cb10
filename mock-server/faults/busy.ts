/** What Salesforce answers to the second of two simultaneous refreshes: a lock; the token stays valid. */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'busy',
  title: '400 invalid_grant: token request is already being processed',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(400, 'invalid_grant', 'token request is already being processed'),
} satisfies Fault;
