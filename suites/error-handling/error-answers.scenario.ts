import type { Scenario } from '../../src/run/scenario.ts';
import { beginTrials, type Trial } from './trials.ts';

/** Each phase is named after its fault. */
const ANSWERS: readonly Trial[] = [
  { phase: 'rate-limited', fault: 'rate-limited' },
  { phase: 'inactive-user', fault: 'inactive-user' },
  { phase: 'invalid-client', fault: 'invalid-client' },
  { phase: 'unsupported-grant-type', fault: 'unsupported-grant-type' },
  { phase: 'html-error', fault: 'html-error', with: { status: 400 } },
  { phase: 'html-outage', fault: 'html-error', with: { status: 503 } },
  { phase: 'empty-body', fault: 'empty-body' },
  { phase: 'error-with-200', fault: 'error-with-200' },
  { phase: 'success-without-token', fault: 'success-without-token' },
];

/** Gives each kind of error answer that a token endpoint may send, for the time of one call. */
export default {
  id: 'error-answers',
  title: 'The token endpoint answers refreshes with every other error, HTML, an empty body, and 200 without tokens',
  rank: 27,
  heldMs: ({ holdMs }) => holdMs,
  run: async (stage) => {
    const trials = await beginTrials(stage);
    for (const answer of ANSWERS) await trials.run(answer);
    await stage.quiet();
  },
} satisfies Scenario;
