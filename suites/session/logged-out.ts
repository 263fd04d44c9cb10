/** Judges what a client does with its tokens after its user has logged out. */
import type { ScenarioHistory } from '../../src/history/query.ts';

/** Events that show that a client is still connected after the logout. */
export interface AfterLogout {
  /** Event numbers, uses of a token first; empty when the client has logged out. */
  readonly evidence: readonly number[];
  /** Describes the events for a sentence: `used its tokens`, `reported a call as successful`. */
  readonly how: string;
}

/** Finds uses of a token, calls that are reported as successful, and a status of connected. A revocation request does not count as use. */
export function usesAfterLogout(after: ScenarioHistory): AfterLogout {
  const used = [
    ...after.refreshes.filter(({ facts }) => facts.refreshToken !== null),
    ...after.resources.filter(({ facts }) => facts.accessToken !== null),
  ].map(({ seq }) => seq);
  const ends = after.actions.flatMap(({ end }) => end ?? []);
  const calls = ends.filter(({ name, result }) => name === 'call' && result === 'ok').map(({ seq }) => seq);
  const connected = ends.filter((end) => end.connected === true).map(({ seq }) => seq);
  return {
    evidence: [...used, ...calls, ...connected],
    how:
      used.length > 0
        ? 'used its tokens'
        : calls.length > 0
          ? 'reported a call as successful, although it sent no token'
          : 'reported that it is connected',
  };
}
