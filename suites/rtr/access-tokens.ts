/** Determines which access token a request should have carried, as far as that is visible from outside. */
import type { ResourceFacts } from '../../src/history/facts.ts';
import { sessionRefused, wentWrong } from '../../src/history/calls.ts';
import type { ExchangeRecord, ScenarioHistory, ActionRecord } from '../../src/history/query.ts';
import { succeeded, type Refresh } from './refreshes.ts';

/** An API request and the access token that the client certainly had when the call began; found by `accessTokenUses`. */
export interface AccessTokenUse {
  readonly use: ExchangeRecord<ResourceFacts>;
  /** The refresh that delivered the last access token before the call began. */
  readonly adopted: Refresh;
  /** Whether the request carries an older access token than that. */
  readonly stale: boolean;
}

/** Returns the API requests for which it is certain which access token the client had: when the call began, all earlier actions had ended
 * and an access token had been delivered. The beginning of the call counts, not of the request, because a request that starts late in a
 * call may carry the token that was newest when the call began. A client that has logged in again may leave unused what a refresh of
 * an earlier login brings afterwards. Nothing is certain after the client has answered a call before it finished its work. */
export function accessTokenUses(scenario: ScenarioHistory): readonly AccessTokenUse[] {
  const delivered = scenario.tokenRequests
    .flatMap((answer) => {
      const label = answer.response?.issued?.accessToken?.label;
      const family = answer.response?.issued?.family;
      return succeeded(answer) && label !== undefined ? [{ answer, label, family, at: answer.endedAt }] : [];
    })
    .toSorted((a, b) => a.at - b.at);
  /** Latest time at which each access token was delivered, by label. */
  const last = new Map(delivered.map(({ label, at }) => [label, at]));
  /** When each family's first access token was delivered. */
  const familyAt = new Map(delivered.toReversed().map(({ family, at }) => [family, at]));
  const beganAt = beginnings(scenario.actions);
  const aheadAt = answeredAhead(scenario);
  return scenario.resources.flatMap((use): AccessTokenUse[] => {
    const { accessToken } = use.facts;
    if (typeof accessToken?.family !== 'string') return [];
    const asked = beganAt(use.begunAt);
    if (beganAt(asked) < asked || asked > aheadAt) return [];
    const ownAt = familyAt.get(accessToken.family) ?? Infinity;
    let index = leading(delivered, ({ at }) => at <= asked) - 1;
    while (ownAt <= asked && (familyAt.get(delivered[index]?.family) ?? Infinity) < ownAt) index -= 1;
    const adopted = delivered[index];
    if (adopted === undefined) return [];
    return [{ use, adopted: adopted.answer, stale: (last.get(accessToken.label) ?? -Infinity) < adopted.at }];
  });
}

/** A call that repeated a refused request with the old access token although a refresh had brought a new one. */
export interface Repetition {
  readonly use: ExchangeRecord<ResourceFacts>;
  /** Label of the access token that the request carries. */
  readonly label: string;
  readonly refresh: Refresh;
}

/** Returns the first call without concurrent actions whose session was refused, that got a new access token from a refresh, and that sent
 * only the refused one afterwards, until it failed or the client reported a success that the API never gave. */
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

/** Returns when a call was first answered `ok` although its requests had been refused and none had succeeded: the client's work for it
 * continues. */
function answeredAhead({ actions, resources }: ScenarioHistory): number {
  const ahead = actions.find(({ begin, end }) => {
    if (begin.name !== 'call' || end?.result !== 'ok') return false;
    const own = resources.filter(({ begunAt }) => begunAt >= begin.t && begunAt <= end.t);
    return own.some(sessionRefused) && own.every((one) => sessionRefused(one) || (one.response?.status ?? 0) >= 400);
  });
  return ahead?.end?.t ?? Infinity;
}

/** Returns a function that gives the beginning of the earliest action in progress at a moment, both ends included; the moment itself when
 * there is none. */
function beginnings(actions: readonly ActionRecord[]): (at: number) => number {
  let latest = -Infinity;
  /** For each action, when the last of the actions up to it ended; the first that ends later than a moment is the earliest in progress. */
  const overBy = actions.map(({ end }) => (latest = Math.max(latest, end?.t ?? Infinity)));
  return (at) => Math.min(at, actions[leading(overBy, (end) => end < at)]?.begin.t ?? at);
}

/** Returns how many elements at the start of the list satisfy `holds`, which is false for all after them. */
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
