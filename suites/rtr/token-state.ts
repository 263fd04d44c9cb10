/** What became of a client's tokens, by what the history holds and nothing else. */
import type { Observation } from '../../src/grade/observation.ts';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';

export type TokenState =
  /** The newest of a family that was alive. */
  | 'valid'
  /** A refresh had used it up. */
  | 'used'
  /** Its family had been revoked, or had expired. */
  | 'revoked'
  /** It was never issued: cut, changed, or another text in its place. */
  | 'unknown'
  /** No token at all. */
  | 'none';

/** Returns the state of a refresh token that was sent, at the event `at`. `scenario` holds everything before. */
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
  /** `lost`: the answer that carried it did not reach the client whole. */
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

/** Returns what became of the newest refresh token, as half a sentence: `RT#3 was still valid`. */
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

/** What may have broken when a client has no valid token left although it was never revoked. */
export const TOKEN_LOST: readonly Observation[] = ['chain-kept', 'successor-used', 'tokens-durable', 'login-recovers'];

const revokedBefore = (scenario: ScenarioHistory, family: string, at: number): boolean =>
  scenario.of('family').some((event) => event.seq < at && event.change === 'revoked' && event.family === family);
