/** The client is refused (RFC 6749 §5.2). Setting: `status`, default 400 as Salesforce answers; RFC 6749 has 401 too. */
import { oauthError } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'invalid-client',
  title: '400 invalid_client',
  on: 'refresh',
  phase: 'before',
  reply: (_exchange, settings) =>
    oauthError(numberOf(settings, 'status', 400, 599), 'invalid_client', 'invalid client credentials'),
} satisfies Fault;
