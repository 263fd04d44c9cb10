/** A status without a body. Setting: `status`, default 400. */

import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'empty-body',
  title: 'An answer with an empty body',
  on: 'refresh',
  phase: 'before',
  reply: (_exchange, settings) => ({
    status: numberOf(settings, 'status', 400, 599),
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: '',
  }),
} satisfies Fault;
