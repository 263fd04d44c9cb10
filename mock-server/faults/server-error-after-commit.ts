/** 500 although the request was carried out: the tokens of the answer are lost. */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'server-error-after-commit',
  title: '500 Internal Server Error after the work was done',
  on: 'refresh',
  phase: 'after',
  apply(ctx) {
    oauthError(ctx, 500, 'server_error', 'an unexpected error occurred');
  },
} satisfies Fault;
