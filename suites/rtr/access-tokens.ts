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
  const delivered = scenario.tokenRequests.filter(
    (one) => succeeded(one) && one.response?.issued?.accessToken !== undefined,
  );
  return scenario.resources.flatMap((use): AccessTokenUse[] => {
    const { accessToken } = use.facts;
    if (typeof accessToken?.family !== 'string') return [];
    const calls = scenario.verbs.filter((verb) => covers(verb, use.begunAt));
    const asked = calls.length === 0 ? use.begunAt : Math.min(...calls.map(({ begin }) => begin.t));
    if (scenario.verbs.some((verb) => verb.begin.t < asked && covers(verb, asked))) return [];
    const adopted = delivered.findLast(({ endedAt }) => endedAt <= asked);
    if (adopted === undefined) return [];
    const known = delivered.filter(({ endedAt }) => endedAt >= adopted.endedAt);
    const fresh = known.some(({ response }) => response?.issued?.accessToken?.label === accessToken.label);
    return [{ use, adopted, stale: !fresh }];
  });
}

const covers = ({ begin, end }: VerbRecord, at: number): boolean => begin.t <= at && at <= (end?.t ?? Infinity);
