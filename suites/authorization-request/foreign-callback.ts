/** Judges whether a tampered callback led to a token request. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { attemptOf, redeemedBefore, type Attempt } from './attempt.ts';

/** Identifies a tampered callback to `foreignCallback` and `judgeForeignCallback`. */
export interface ForeignCallback {
  /** The phase in which the callback was delivered. */
  readonly phase: string;
  /** The tampering as a noun phrase for messages: `a wrong state`. */
  readonly what: string;
}

/** Returns the login of `phase` when a tampered callback reached the client and the client is known to redeem codes; otherwise undefined. */
export function foreignCallback(scenario: ScenarioHistory, phase: string): Attempt | undefined {
  const attempt = attemptOf(scenario, phase);
  if (attempt === undefined || !redeemedBefore(scenario, phase)) return undefined;
  return attempt.callbacks.some(({ tampered }) => tampered !== undefined) ? attempt : undefined;
}

/** Fails a client that sends a token request after a tampered callback. */
export function judgeForeignCallback(scenario: ScenarioHistory, { phase, what }: ForeignCallback): Finding | undefined {
  const attempt = foreignCallback(scenario, phase);
  if (attempt === undefined) return undefined;
  const { exchanges, callbacks, authorization, ended } = attempt;
  const [exchange] = exchanges;
  const evidence = callbacks.map(({ seq }) => seq);
  if (exchange !== undefined) {
    return fail(
      `A callback with ${what} led to a token request; none was expected.`,
      [exchange.seq, ...evidence],
      authorization?.facts.state === null
        ? { diagnosis: 'The client sends no state, so it cannot distinguish its own callback from a foreign one.' }
        : {},
    );
  }
  return pass(`A callback with ${what} led to no token request.`, [...evidence, ended]);
}
