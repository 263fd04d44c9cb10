/** 503 instead of an answer; nothing is committed (RFC 9110 §15.6.4). */
import { oauthError } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'service-unavailable',
  title: '503 Service Unavailable, nothing committed',
  on: 'refresh',
  phase: 'before',
  reply: () => oauthError(503, 'service_unavailable', 'the service is temporarily unavailable'),
} satisfies Fault;
