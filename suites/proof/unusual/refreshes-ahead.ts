import { call } from '../client/call.ts';
import { onGranted } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

/** When the tokens were last refreshed; this process trusts what it finds at its start. */
let since = Date.now();

export default {
  bug: 'A token older than five seconds is refreshed before it is used, because the client guesses its lifetime.',
  behaviours: {
    onGranted: (sent, granted, parts) => {
      since = Date.now();
      return onGranted(sent, granted, parts);
    },
    call: async (parts) => {
      const tokens = parts.store.read();
      if (tokens !== undefined && Date.now() - since > 5000) await parts.behaviours.renew(tokens, parts);
      return call(parts);
    },
  },
  expect: {},
} satisfies Variant;
