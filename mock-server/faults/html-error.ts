/** An HTML page in place of JSON, as load balancers answer. Setting: `status`, default 500. */

import { numberOf, type Fault } from './fault.ts';

export default {
  id: 'html-error',
  title: 'An error page in HTML',
  on: 'refresh',
  phase: 'before',
  reply: (_exchange, settings) => ({
    status: numberOf(settings, 'status', 500, 599),
    headers: { 'Content-Type': 'text/html;charset=UTF-8' },
    body: '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>We are down for maintenance.</h1></body></html>',
  }),
} satisfies Fault;
