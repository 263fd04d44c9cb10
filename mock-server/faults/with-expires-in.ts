/** `expires_in`, which Salesforce never sends. Setting: `seconds`, default 3,600. */
import { amend } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'with-expires-in',
  title: 'The answer has an expires_in',
  on: 'refresh',
  phase: 'after',
  change: (reply, _exchange, settings) => amend(reply, { expires_in: numberOf(settings, 'seconds', 3_600, 1e9) }),
} satisfies Fault;
