/** The answer breaks off in the middle although Content-Length promises more. Setting: `bytes` that are sent, default half of them. */
import { lengthOf } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'truncated-body',
  title: 'The answer breaks off in the middle, after the work was done',
  on: 'refresh',
  phase: 'after',
  change: (reply, _exchange, settings) => {
    const length = lengthOf(reply);
    const bytes = numberOf(settings, 'bytes', Math.floor(length / 2), length - 1);
    return { ...reply, delivery: { kind: 'cut', bytes } };
  },
} satisfies Fault;
