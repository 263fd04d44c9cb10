/** Answers that come late, in part, without content or not at all. */
import { lengthOf, oauthError } from './fault-answer.ts';
import { numberOf, type Fault } from './fault.ts';

/** The faults that delay or lose an answer. */
export const LOST_ANSWERS: readonly Fault[] = [
  // The answer is ready and comes late. Setting: `ms`, default 5,000.
  {
    id: 'slow',
    title: 'The answer comes late',
    on: 'refresh',
    phase: 'after',
    change: (reply, _exchange, settings) => ({
      ...reply,
      delivery: { kind: 'late', ms: numberOf(settings, 'ms', 5_000) },
    }),
  },
  // Headers at once, then the body in eight pieces over `ms` (default 5,000).
  {
    id: 'slow-body',
    title: 'The body of the answer trickles in',
    on: 'refresh',
    phase: 'after',
    change: (reply, _exchange, settings) => ({
      ...reply,
      delivery: { kind: 'trickle', ms: numberOf(settings, 'ms', 5_000) },
    }),
  },
  // The answer breaks off in the middle although Content-Length promises more. Setting: `bytes` that are sent, default half of them.
  {
    id: 'truncated-body',
    title: 'The answer breaks off in the middle, after the work was done',
    on: 'refresh',
    phase: 'after',
    change: (reply, _exchange, settings) => {
      const length = lengthOf(reply);
      const bytes = numberOf(settings, 'bytes', Math.floor(length / 2), length - 1);
      return { ...reply, delivery: { kind: 'cut', bytes } };
    },
  },
  // A status without a body. Setting: `status`, default 400.
  {
    id: 'empty-body',
    title: 'An answer with an empty body',
    on: 'refresh',
    phase: 'before',
    reply: (_exchange, settings) => ({
      status: numberOf(settings, 'status', 400, 599),
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '',
    }),
  },
  // An HTML page in place of JSON, as load balancers answer. Setting: `status`, default 500.
  {
    id: 'html-error',
    title: 'An error page in HTML',
    on: 'refresh',
    phase: 'before',
    reply: (_exchange, settings) => ({
      status: numberOf(settings, 'status', 500, 599),
      headers: { 'Content-Type': 'text/html;charset=UTF-8' },
      body: '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>We are down for maintenance.</h1></body></html>',
    }),
  },
  // The connection is reset before the request is looked at.
  {
    id: 'reset-before-commit',
    title: 'Connection reset, nothing committed',
    on: 'refresh',
    phase: 'before',
    reply: () => ({ status: 0, headers: {}, delivery: { kind: 'reset' } }),
  },
  // The connection is reset after the request was carried out: the answer is lost.
  {
    id: 'reset-after-commit',
    title: 'Connection reset after the work was done',
    on: 'refresh',
    phase: 'after',
    change: (reply) => ({ ...reply, delivery: { kind: 'reset' } }),
  },
  // 500 although the request was carried out: the tokens of the answer are lost.
  {
    id: 'server-error-after-commit',
    title: '500 Internal Server Error after the work was done',
    on: 'refresh',
    phase: 'after',
    change: (reply) => {
      const { status, headers, body } = oauthError(500, 'server_error', 'an unexpected error occurred');
      return { ...reply, status, headers: { ...headers, ...reply.headers, 'Cache-Control': 'no-store' }, body };
    },
  },
];
