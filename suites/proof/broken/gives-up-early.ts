import { exchange } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh is broken off after a second and a half, and the next call sends the same refresh token.',
  behaviours: {
    send: (request, purpose) => exchange(request, purpose === 'refresh' ? { timeoutMs: 1_500 } : {}),
  },
  expect: { 'RES-08': 'warn' },
} satisfies Variant;
