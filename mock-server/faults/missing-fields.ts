/** Fields that Salesforce always sends are missing. Setting: `fields`, with commas, default `instance_url,id,signature,issued_at,scope`. */
import { amend } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

export default {
  id: 'missing-fields',
  title: 'The answer lacks fields',
  on: 'code',
  phase: 'after',
  change: (reply, _exchange, settings) => {
    const fields = textOf(settings, 'fields', 'instance_url,id,signature,issued_at,scope').split(',');
    return amend(reply, Object.fromEntries(fields.map((name) => [name.trim(), undefined])));
  },
} satisfies Fault;
