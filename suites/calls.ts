/** Sentences for messages about calls that did not succeed. */
import type { CallTally } from '../src/history/calls.ts';
import type { ActionRecord } from '../src/history/query.ts';
import { howMany } from './counted.ts';

/** Explains in one sentence, with evidence, why these calls did not all succeed; undefined when they did. */
export function callsLeft(
  tally: CallTally,
): { readonly message: string; readonly evidence: readonly number[] } | undefined {
  const { calls, failed, hung, refused, answered, missing } = tally;
  const all = String(calls.length);
  if (failed.length > 0) {
    const how =
      hung.length === 0
        ? 'failed'
        : hung.length === failed.length
          ? `${hung.length === 1 ? 'was' : 'were'} never answered`
          : 'failed or were never answered';
    return {
      message: `${String(failed.length)} of ${howMany(calls.length, 'call')} ${how}; all were expected to succeed with the new access token.`,
      evidence: endsOf(failed),
    };
  }
  if (missing === 0) return undefined;
  return {
    message: `${all} ${calls.length === 1 ? 'call was' : 'calls were'} reported as successful, but the API refused the session of ${howMany(refused.length, 'request')} and answered ${howMany(answered.length, 'request')} with success after that: at least ${String(missing)} of the calls ${missing === 1 ? 'was' : 'were'} not repeated.`,
    evidence: [...refused, ...answered].map(({ seq }) => seq),
  };
}

/** Returns for each call the number of the event that ended it, or of the one that began it when it is still open. */
export const endsOf = (calls: readonly ActionRecord[]): readonly number[] =>
  calls.map(({ end, seq }) => end?.seq ?? seq);
