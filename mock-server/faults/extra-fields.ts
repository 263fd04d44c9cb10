/** Unknown fields: a client must ignore them (RFC 6749 §5.1). */
import { amend } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'extra-fields',
  title: 'Unknown fields in the answer',
  on: 'code',
  phase: 'after',
  change: (reply) =>
    amend(reply, {
      sfdc_community_url: 'https://community.example.com/sfc',
      sfdc_community_id: '0DB000000000001AAA',
      api_instance_url: null,
      unheard_of: { nested: ['values', 1, null] },
    }),
} satisfies Fault;
