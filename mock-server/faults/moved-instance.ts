/** Another `instance_url`: the org was moved. Setting: `to`, default the same instance under another host name. */
import { amend, elsewhere, fieldsOf } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

export default {
  id: 'moved-instance',
  title: 'Another instance_url',
  on: 'refresh',
  phase: 'after',
  change: (reply, _exchange, settings) => {
    const now = fieldsOf(reply)?.['instance_url'];
    return typeof now === 'string' ? amend(reply, { instance_url: textOf(settings, 'to', elsewhere(now)) }) : reply;
  },
} satisfies Fault;
