/** Determines the state of a client's tokens from the history alone. */
import type { Observation } from '../../src/grade/observation.ts';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';

/** State of a refresh token at one event, computed by `tokenState` and used in messages. */
export type TokenState =
  /** The newest token of a valid family. */
  | 'valid'
  /** An earlier refresh had used it. */
  | 'used'
  /** Its family was revoked or had expired. */
  | 'revoked'
  /** It was never issued: truncated, changed, or other text in its place. */
  | 'unknown'
  /** The request carried no token. */
  | 'none';

/** Returns the state of a refresh token at the event `at`, when it was sent. `scenario` must hold all earlier events. */
export function tokenState(scenario: ScenarioHistory, sent: SentRefreshToken | null, at: number): TokenState {
  if (sent === null || sent.literal !== undefined) return 'none';
  if (sent.family === null) return 'unknown';
  if (revokedBefore(scenario, sent.family, at)) return 'revoked';
  const rotated = scenario
    .of('rotation')
    .some(({ seq, presented, outcome }) => seq < at && outcome === 'rotated' && presented.label === sent.label);
  return rotated || !sent.head ? 'used' : 'valid';
}

/** The newest refresh token that a scenario has issued up to an event. */
export interface NewestToken {
  readonly label: string;
  readonly family: string;
  /** `lost`: the answer that carried it did not reach the client completely. */
  readonly state: 'valid' | 'revoked' | 'lost';
}

/** Returns the newest refresh token at the event `at`; undefined before any was issued. */
export function newestToken(scenario: ScenarioHistory, at: number): NewestToken | undefined {
  const answer = scenario.tokenRequests.findLast(
    ({ response }) => response !== undefined && response.seq < at && response.issued?.refreshToken !== undefined,
  )?.response;
  const { refreshToken, family } = answer?.issued ?? {};
  if (answer === undefined || refreshToken === undefined || family === undefined) return undefined;
  const state = revokedBefore(scenario, family, at) ? 'revoked' : answer.delivered === 'complete' ? 'valid' : 'lost';
  return { label: refreshToken.label, family, state };
}

/** Describes the state of the newest refresh token as a clause: `RT#3 was still valid`. */
export function stateOfNewest(scenario: ScenarioHistory, at: number): string {
  const newest = newestToken(scenario, at);
  switch (newest?.state) {
    case undefined:
      return 'no refresh token had been issued';
    case 'valid':
      return `${newest.label} was still valid`;
    case 'lost':
      return `${newest.label} had not reached the client`;
    case 'revoked':
      return `the token family of ${newest.label} had been revoked`;
  }
}

/** Observations that may have broken when a client has no valid token left although none was revoked. */
export const TOKEN_LOST: readonly Observation[] = ['chain-kept', 'successor-used', 'tokens-durable', 'login-recovers'];

const revokedBefore = (scenario: ScenarioHistory, family: string, at: number): boolean =>
  scenario.of('family').some((event) => event.seq < at && event.change === 'revoked' && event.family === family);
