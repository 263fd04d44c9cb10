/** `token_type` in another case (RFC 6749 §5.1: case insensitive). Setting: `type`, default `bEARER`. */
import { amend } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

export default {
  id: 'odd-token-type',
  title: 'token_type in unusual case',
  on: 'refresh',
  phase: 'after',
  change: (reply, _exchange, settings) => amend(reply, { token_type: textOf(settings, 'type', 'bEARER') }),
} satisfies Fault;
