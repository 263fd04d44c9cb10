/** Judges how a client recovers from a temporary fault. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { encounter, type Encounter } from '../error-handling/answered.ts';
import { sentToken, type Refresh } from '../rtr/refreshes.ts';
import { stateOfNewest, TOKEN_LOST, tokenState } from '../rtr/token-state.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';

/** Judges the phase `phase` and the call after it. Undefined when no refresh met the fault. Passes when the same token was sent again,
 * immediately or by the next call, and accepted. */
export function survived(
  scenario: ScenarioHistory,
  phase: string,
  what: string,
): { readonly encounter: Encounter; readonly finding: Finding } | undefined {
  const met = encounter(scenario, phase);
  return met === undefined ? undefined : { encounter: met, finding: judge(met, scenario, what) };
}

function judge(met: Encounter, scenario: ScenarioHistory, what: string): Finding {
  const { refused, askedAgain, ended } = met;
  if (met.result === 'died')
    return fail(`${what}, and the client crashed; an error was expected.`, [ended, refused.seq]);
  if (met.result === 'timed-out')
    return fail(`${what}, and the client never answered; an error was expected.`, [ended, refused.seq]);
  const last = askedAgain.length > 0 ? Math.min(...askedAgain) : (met.nextCall?.seq ?? ended);
  const retry = [...scenario.phase(met.phase).refreshes, ...scenario.phase(`${met.phase}-over`).refreshes].find(
    ({ seq }) => seq > refused.seq,
  );
  // A client without a valid token had lost it before the fault.
  const lost = tokenState(scenario, refused.facts.refreshToken, refused.seq) !== 'valid';
  const wrong = (message: string, evidence: readonly number[]): Finding =>
    lost ? inconclusive(message, evidence, { broken: TOKEN_LOST }) : fail(message, evidence);
  if (askedAgain.length > 0) {
    return wrong(`${what}, and the client asked for a new login; ${stateOfNewest(scenario, last)}.`, [
      ...askedAgain,
      refused.seq,
    ]);
  }
  if (retry === undefined) {
    return wrong(`${what}, and the client did not refresh again; ${stateOfNewest(scenario, last)}.`, [
      last,
      refused.seq,
    ]);
  }
  if (retry.facts.refreshToken?.label !== refused.facts.refreshToken?.label) {
    return wrong(`${what}, and the next refresh sent ${sentToken(retry)}; the same token was expected.`, [
      retry.seq,
      refused.seq,
    ]);
  }
  const { outcome } = met.nextCall ?? {};
  if (met.succeeded || outcome === 'succeeded') {
    return pass(`${what}; ${sentToken(retry)} was sent again, and the call succeeded.`, [retry.seq, refused.seq]);
  }
  return outcome === 'unseen'
    ? inconclusive(`${what}, and the next call was reported as successful, but sent no API request.`, [
        last,
        refused.seq,
      ])
    : wrong(`${what}, and the next call ${outcome === 'unbacked' ? 'was refused by the API' : 'failed'} too.`, [
        last,
        refused.seq,
      ]);
}

/** Shortest pause before a request is repeated, in milliseconds. */
export const LEAST_MS = 100;
/** Shortest recorded pause that counts, in milliseconds: timers may fire early. */
export const LEAST_PAUSE_MS = LEAST_MS - 15;

/** A refresh that the client sent on its own after one that was refused. */
export interface Repeat {
  readonly refresh: Refresh;
  /** Milliseconds since the arrival of the refused refresh: on a busy machine the end of an answer is recorded some milliseconds after the
   * client has read it. */
  readonly pauseMs: number;
}

/** Returns the client's own next attempt, within the same call or in the background, before the next call; undefined when there was none. */
export function repeated(scenario: ScenarioHistory, { refused, phase }: Encounter): Repeat | undefined {
  const refresh = scenario.phase(phase).refreshes.find(({ seq }) => seq > refused.seq);
  return refresh === undefined ? undefined : { refresh, pauseMs: refresh.begunAt - refused.begunAt };
}

/** Formats the pause before a repeated request. */
export const milliseconds = ({ pauseMs }: Repeat): string => `${String(Math.max(0, Math.round(pauseMs)))} ms`;
