/** 200 with an error object; nothing is committed. */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'error-with-200',
  title: '200 with an error object',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(200, 'unknown_error', 'retry your request'),
} satisfies Fault;
