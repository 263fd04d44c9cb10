/** 200 without a refresh_token, which means that the old one stays valid (RFC 6749 §6). The mock must not rotate: the refresh token that was sent stays the newest. */
import { amend } from './fault-answer.ts';
import type { Fault } from './fault.ts';

export default {
  id: 'no-refresh-token',
  title: '200 without a refresh_token',
  on: 'refresh',
  phase: 'after',
  withoutRotation: true,
  change: (reply) => {
    const { refreshToken: _dropped, ...issued } = reply.issued ?? {};
    return { ...amend(reply, { refresh_token: undefined }), issued: reply.issued && issued };
  },
} satisfies Fault;
