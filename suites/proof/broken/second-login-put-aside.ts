import { ask } from '../client/ask.ts';
import { redeem } from '../client/login.ts';
import { failure } from '../client/actions.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'As long as there are tokens, those of a new login are thrown away.',
  behaviours: {
    redeem: async (login, code, parts) => {
      if (parts.store.read() === undefined) return redeem(login, code, parts);
      const outcome = await ask(parts.behaviours.codeForm(login, code, parts.env), 'code', parts);
      return outcome.kind === 'granted' ? { ok: true } : failure(outcome.error);
    },
  },
  expect: { 'SES-06': 'info', 'RACE-10': 'warn' },
} satisfies Variant;
