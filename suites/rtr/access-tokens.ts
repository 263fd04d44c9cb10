/** Which access token a request should have carried, as far as that can be told from outside. */
import type { ResourceFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord, ScenarioHistory, VerbRecord } from '../../src/history/query.ts';
import { succeeded, type Refresh } from './refreshes.ts';

export interface AccessTokenUse {
  readonly use: ExchangeRecord<ResourceFacts>;
  /** The last answer with an access token that had reached the client before it was asked for this call. */
  readonly adopted: Refresh;
  /** It carries an access token from before that answer. */
  readonly stale: boolean;
}

/**
 * The API requests of which it is sure what the client knew: when it was asked for the call all earlier verbs had ended, and an access
 * token had been delivered. A request that starts late within a call may carry what was the newest token when the call began; so the call's
 * beginning counts, not the request's.
 */
export function accessTokenUses(scenario: ScenarioHistory): readonly AccessTokenUse[] {
  const delivered = scenario.tokenRequests
    .filter((one) => succeeded(one) && one.response?.issued?.accessToken !== undefined)
    .toSorted((a, b) => a.endedAt - b.endedAt);
  /** When an access token was delivered last, by its label. */
  const last = new Map(delivered.map(({ response, endedAt }) => [response?.issued?.accessToken?.label, endedAt]));
  const openAt = verbsAt(scenario.verbs);
  return scenario.resources.flatMap((use): AccessTokenUse[] => {
    const { accessToken } = use.facts;
    if (typeof accessToken?.family !== 'string') return [];
    const calls = openAt(use.begunAt);
    const asked = calls.length === 0 ? use.begunAt : Math.min(...calls.map(({ begin }) => begin.t));
    if (openAt(asked).some(({ begin }) => begin.t < asked)) return [];
    const adopted = delivered[countUpTo(delivered, asked, ({ endedAt }) => endedAt) - 1];
    if (adopted === undefined) return [];
    return [{ use, adopted, stale: (last.get(accessToken.label) ?? -Infinity) < adopted.endedAt }];
  });
}

/** The verbs that were asked and not yet answered at a moment, both ends included. Histories are long: it looks no further back than it must. */
function verbsAt(verbs: readonly VerbRecord[]): (at: number) => readonly VerbRecord[] {
  const endOf = ({ end }: VerbRecord): number => end?.t ?? Infinity;
  let latest = -Infinity;
  /** When the last of the verbs up to this one ended. */
  const overBy = verbs.map((verb) => (latest = Math.max(latest, endOf(verb))));
  return (at) => {
    const open: VerbRecord[] = [];
    for (let index = countUpTo(verbs, at, ({ begin }) => begin.t) - 1; index >= 0; index -= 1) {
      if ((overBy[index] ?? 0) < at) break;
      const verb = verbs[index];
      if (verb !== undefined && endOf(verb) >= at) open.push(verb);
    }
    return open;
  };
}

/** How many of a sorted list lie at `at` or before it. */
function countUpTo<T>(sorted: readonly T[], at: number, timeOf: (one: T) => number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const one = sorted[middle];
    if (one !== undefined && timeOf(one) <= at) from = middle + 1;
    else to = middle;
  }
  return from;
}
