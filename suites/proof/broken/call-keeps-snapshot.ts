import { ask } from '../client/ask.ts';
import { failed } from '../client/renewal.ts';
import { onGranted, rotate } from '../client/rotate.ts';
import type { Variant } from '../client/variant.ts';

/** The access token that the last refresh of this process replaced. */
let replaced: string | undefined;

export default {
  bug: 'A call looks for newer tokens only when the last refresh replaced its own; otherwise it sends the refresh token that it began with.',
  behaviours: {
    onGranted: (sent, granted, parts) => {
      replaced = sent.accessToken;
      return onGranted(sent, granted, parts);
    },
    rotate: async (stale, parts) => {
      const current = parts.store.read();
      const newer = current !== undefined && current.accessToken !== stale.accessToken;
      if (!newer || replaced === undefined || replaced === stale.accessToken) return rotate(stale, parts);
      const outcome = await ask(parts.behaviours.refreshForm(stale, parts.env), 'refresh', parts);
      return outcome.kind === 'granted' ? onGranted(stale, outcome.granted, parts) : failed(outcome.error);
    },
  },
  expect: { 'RTR-18': 'warn' },
} satisfies Variant;
