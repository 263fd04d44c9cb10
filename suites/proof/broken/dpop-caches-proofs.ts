import { prove, withDpop } from '../client/dpop.ts';
import type { Variant } from '../client/variant.ts';

const cache = new Map<string, string>();

export default {
  bug: 'The DPoP proof for an address is made once, and sent with every request there.',
  switches: { dpop: 'accepted' },
  behaviours: withDpop({
    prove: (claims, key) => {
      const name = JSON.stringify(claims);
      const proof = cache.get(name) ?? prove(claims, key);
      cache.set(name, proof);
      return proof;
    },
  }),
  expect: { 'DPOP-04': 'warn' },
} satisfies Variant;
