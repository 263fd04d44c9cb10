/** What a client does with its tokens once its user has logged out. */
import type { ScenarioHistory } from '../../src/history/query.ts';

/** Event numbers of uses of a token, of calls that succeeded, and of a status that says connected. A revocation is no use. */
export function usesAfterLogout(after: ScenarioHistory): readonly number[] {
  return [
    ...after.refreshes.filter(({ facts }) => facts.refreshToken !== null).map(({ seq }) => seq),
    ...after.resources.filter(({ facts }) => facts.accessToken !== null).map(({ seq }) => seq),
    ...after.verbs.flatMap(({ begin, end }) =>
      end !== undefined && ((begin.name === 'call' && end.result === 'ok') || end.connected === true) ? [end.seq] : [],
    ),
  ];
}
