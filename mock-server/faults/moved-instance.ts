/** Another `instance_url`: the org was moved. Setting: `to`, default the same instance under another host name. */
import { amend, answerOf, elsewhere } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

export default {
  id: 'moved-instance',
  title: 'Another instance_url',
  on: 'refresh',
  phase: 'after',
  apply(ctx, _exchange, settings) {
    const now = answerOf(ctx)?.['instance_url'];
    if (typeof now === 'string') amend(ctx, { instance_url: textOf(settings, 'to', elsewhere(now)) });
  },
} satisfies Fault;
