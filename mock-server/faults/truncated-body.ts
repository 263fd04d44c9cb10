/** The answer breaks off in the middle although Content-Length promises more. Setting: `bytes` that are sent, default half of them. */
import { bytesOf } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';
import { cutOff } from './lost-connection.ts';

export default {
  id: 'truncated-body',
  title: 'The answer breaks off in the middle, after the work was done',
  on: 'refresh',
  phase: 'after',
  async apply(ctx, exchange, settings) {
    const bytes = bytesOf(ctx);
    const half = Math.floor(bytes.length / 2);
    await cutOff(ctx, exchange, bytes, numberOf(settings, 'bytes', half, bytes.length - 1));
  },
} satisfies Fault;
