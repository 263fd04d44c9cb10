/** 500 although the request was carried out: the tokens of the answer are lost. */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'server-error-after-commit',
  title: '500 Internal Server Error after the work was done',
  on: 'refresh',
  phase: 'after',
  change: (reply) => {
    const { status, headers, body } = oauthError(500, 'server_error', 'an unexpected error occurred');
    return { ...reply, status, headers: { ...headers, ...reply.headers, 'Cache-Control': 'no-store' }, body };
  },
} satisfies Fault;
