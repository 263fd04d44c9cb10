import { authenticate, withBasic } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

/** RFC 6749 §2.3.1, Appendix B. */
function formEncode(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}

export default {
  bug: 'A confidential client authenticates with an encoded Basic header on every request.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      withBasic(authenticate(request, purpose, { ...env, clientSecret: undefined }), env, formEncode),
  },
  expect: { 'CA-04': 'warn' },
} satisfies Variant;
