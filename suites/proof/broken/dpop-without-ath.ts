import { prove, withDpop } from '../client/dpop.ts';
import type { Variant } from '../client/variant.ts';

let tried = false;

export default {
  bug: 'The first API request of a process carries a DPoP proof that names no access token; it is repeated with a whole one.',
  switches: { dpop: 'accepted' },
  behaviours: (() => {
    const right = withDpop();
    const wrong = withDpop({ prove: (claims, key) => prove({ ...claims, ath: undefined }, key) });
    return {
      ...right,
      send: async (request, purpose) => {
        if (purpose === 'api' && !tried) {
          tried = true;
          await wrong.send(request, purpose);
        }
        return right.send(request, purpose);
      },
    } satisfies Variant['behaviours'];
  })(),
  expect: { 'DPOP-01': 'warn' },
} satisfies Variant;
