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
    .flatMap((answer) => {
      const label = answer.response?.issued?.accessToken?.label;
      return succeeded(answer) && label !== undefined ? [{ answer, label, at: answer.endedAt }] : [];
    })
    .toSorted((a, b) => a.at - b.at);
  /** When an access token was delivered last, by its label. */
  const last = new Map(delivered.map(({ label, at }) => [label, at]));
  const openAt = verbsAt(scenario.verbs);
  return scenario.resources.flatMap((use): AccessTokenUse[] => {
    const { accessToken } = use.facts;
    if (typeof accessToken?.family !== 'string') return [];
    const asked = Math.min(use.begunAt, ...openAt(use.begunAt).map(({ begin }) => begin.t));
    if (openAt(asked).some(({ begin }) => begin.t < asked)) return [];
    const adopted = delivered[leading(delivered, ({ at }) => at <= asked) - 1];
    if (adopted === undefined) return [];
    return [{ use, adopted: adopted.answer, stale: (last.get(accessToken.label) ?? -Infinity) < adopted.at }];
  });
}

/**
 * The first call, alone under way, that was told that its session is dead, was given a new access token by a refresh, and went on with the
 * refused one only, until it failed.
 */
export function repeatedUnchanged(
  scenario: ScenarioHistory,
): { readonly use: ExchangeRecord<ResourceFacts>; readonly refresh: Refresh } | undefined {
  for (const { begin, end } of scenario.verbs) {
    if (begin.name !== 'call' || end === undefined || end.result === 'ok') continue;
    if (
      scenario.verbs.some(
        (other) => other.begin !== begin && other.begin.t <= end.t && (other.end?.t ?? Infinity) >= begin.t,
      )
    )
      continue;
    const within = <T extends { readonly begunAt: number }>(all: readonly T[]): readonly T[] =>
      all.filter(({ begunAt }) => begunAt >= begin.t && begunAt <= end.t);
    const refresh = within(scenario.refreshes).findLast(succeeded);
    const fresh = refresh?.response?.issued?.accessToken?.label;
    if (refresh === undefined || fresh === undefined) continue;
    const uses = within(scenario.resources);
    const refused = new Set(
      uses
        .filter(({ response, endedAt }) => response?.status === 401 && endedAt <= refresh.begunAt)
        .map(({ facts }) => facts.accessToken?.label),
    );
    const later = uses.filter(({ begunAt }) => begunAt >= refresh.endedAt);
    const use = later.find(({ facts }) => refused.has(facts.accessToken?.label));
    if (use !== undefined && !later.some(({ facts }) => facts.accessToken?.label === fresh)) return { use, refresh };
  }
  return undefined;
}

/** The verbs that were asked and not yet answered at a moment, both ends included. Histories are long: it looks no further back than it must. */
function verbsAt(verbs: readonly VerbRecord[]): (at: number) => readonly VerbRecord[] {
  const endOf = ({ end }: VerbRecord): number => end?.t ?? Infinity;
  let latest = -Infinity;
  /** When the last of the verbs up to this one ended. */
  const overBy = verbs.map((verb) => (latest = Math.max(latest, endOf(verb))));
  return (at) => {
    const from = leading(overBy, (end) => end < at);
    const to = leading(verbs, ({ begin }) => begin.t <= at);
    return verbs.slice(from, to).filter((verb) => endOf(verb) >= at);
  };
}

/** How many at the beginning of a list `holds` is true of, if it is true of none after them. */
function leading<T>(sorted: readonly T[], holds: (one: T) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const one = sorted[middle];
    if (one !== undefined && holds(one)) from = middle + 1;
    else to = middle;
  }
  return from;
}
