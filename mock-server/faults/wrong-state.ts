/** The callback carries another state than the client sent (RFC 6749 §10.12). Setting: `state`, default `not-the-state-of-this-login`. */
import { amendCallback } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

export default {
  id: 'wrong-state',
  title: 'The callback carries another state',
  on: 'authorize',
  phase: 'after',
  change: (reply, _exchange, settings) =>
    amendCallback(reply, (parameters) => {
      parameters.set('state', textOf(settings, 'state', 'not-the-state-of-this-login'));
    }),
} satisfies Fault;
