import { randomInt } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._';

export default {
  bug: 'The verifier draws on the unreserved characters but the tilde, dots included.',
  behaviours: {
    verifier: () => Array.from({ length: 64 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
  },
  expect: {},
} satisfies Variant;
