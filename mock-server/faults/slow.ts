/** The answer is ready and comes late. Setting: `ms`, default 5,000. */
import { numberOf, type Fault } from './fault.ts';
import { waitMs } from './lost-connection.ts';

export default {
  id: 'slow',
  title: 'The answer comes late',
  on: 'refresh',
  phase: 'after',
  async apply(_ctx, exchange, settings) {
    await waitMs(numberOf(settings, 'ms', 5_000), exchange);
  },
} satisfies Fault;
