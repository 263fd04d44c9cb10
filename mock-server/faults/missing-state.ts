/** The callback carries no state although the client sent one (RFC 6749 §4.1.2 asks for it). */
import { amendCallback } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'missing-state',
  title: 'The callback carries no state',
  on: 'authorize',
  phase: 'after',
  change: (reply) =>
    amendCallback(reply, (parameters) => {
      parameters.delete('state');
    }),
} satisfies Fault;
