/** Which access token a request should have carried, as far as that can be seen from outside. */
import type { ResourceFacts } from '../../src/history/facts.ts';
import { sessionRefused, wentWrong } from '../../src/history/calls.ts';
import type { ExchangeRecord, ScenarioHistory, ActionRecord } from '../../src/history/query.ts';
import { succeeded, type Refresh } from './refreshes.ts';

export interface AccessTokenUse {
  readonly use: ExchangeRecord<ResourceFacts>;
  /** The last answer with an access token that had reached the client before it was asked for this call. */
  readonly adopted: Refresh;
  /** It carries an access token from before that answer. */
  readonly stale: boolean;
}

/**
 * Returns the API requests of which it is certain which access token the client had: when it was asked for the call all earlier actions had ended, and an access
 * token had been delivered. A request that starts late within a call may carry what was the newest token when the call began; so the call's
 * beginning counts, not the request's. Nothing is certain any more once the client has answered a call before it was done.
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
  const beganAt = beginnings(scenario.actions);
  const aheadAt = answeredAhead(scenario);
  return scenario.resources.flatMap((use): AccessTokenUse[] => {
    const { accessToken } = use.facts;
    if (typeof accessToken?.family !== 'string') return [];
    const asked = beganAt(use.begunAt);
    if (beganAt(asked) < asked || asked > aheadAt) return [];
    const adopted = delivered[leading(delivered, ({ at }) => at <= asked) - 1];
    if (adopted === undefined) return [];
    return [{ use, adopted: adopted.answer, stale: (last.get(accessToken.label) ?? -Infinity) < adopted.at }];
  });
}

export interface Repetition {
  readonly use: ExchangeRecord<ResourceFacts>;
  /** The access token that it carries. */
  readonly label: string;
  readonly refresh: Refresh;
}

/**
 * Returns the first call, alone under way, whose session was refused, that was given a new access token by a refresh, and that went on with the
 * refused one only, until it failed or the client called it a success that the API never gave.
 */
export function repeatedUnchanged(scenario: ScenarioHistory): Repetition | undefined {
  for (const call of scenario.actions) {
    const { begin, end } = call;
    if (begin.name !== 'call' || end === undefined || !wentWrong(scenario, call)) continue;
    if (
      scenario.actions.some(
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
    const labels = (some: typeof uses): readonly string[] =>
      some.flatMap(({ facts }) => facts.accessToken?.label ?? []);
    const refused = labels(
      uses.filter(({ response, endedAt }) => response?.status === 401 && endedAt <= refresh.begunAt),
    );
    const later = uses.filter(({ begunAt }) => begunAt >= refresh.endedAt);
    const [repeat] = later.flatMap((use) =>
      labels([use])
        .filter((label) => refused.includes(label))
        .map((label) => ({ use, label, refresh })),
    );
    if (repeat !== undefined && !labels(later).includes(fresh)) return repeat;
  }
  return undefined;
}

/** When a call was first answered with `ok` although the session of its requests had been refused and none had been served: work goes on. */
function answeredAhead({ actions, resources }: ScenarioHistory): number {
  const ahead = actions.find(({ begin, end }) => {
    if (begin.name !== 'call' || end?.result !== 'ok') return false;
    const own = resources.filter(({ begunAt }) => begunAt >= begin.t && begunAt <= end.t);
    return own.some(sessionRefused) && own.every((one) => sessionRefused(one) || (one.response?.status ?? 0) >= 400);
  });
  return ahead?.end?.t ?? Infinity;
}

/** When the earliest of the actions that are under way at a moment, both ends included, was asked; that moment if there is none. */
function beginnings(actions: readonly ActionRecord[]): (at: number) => number {
  let latest = -Infinity;
  /** When the last of the actions up to this one ended: the first that ends later is the earliest under way. */
  const overBy = actions.map(({ end }) => (latest = Math.max(latest, end?.t ?? Infinity)));
  return (at) => Math.min(at, actions[leading(overBy, (end) => end < at)]?.begin.t ?? at);
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
