/** What a client does once its refresh token was refused for good. */
import type { ScenarioHistory } from '../../src/history/query.ts';
import type { Refresh } from '../rtr/refreshes.ts';

export interface Aftermath {
  /** The first refresh that was refused; undefined when none was tried. */
  readonly refused: Refresh | undefined;
  /** Uses of the same token after that. */
  readonly again: readonly Refresh[];
  /** How the client made it known: answers that failed, `reauthorize`, `connected: false`, a new authorization request. */
  readonly surfaced: readonly number[];
  /** Actions that claimed success although nothing could have succeeded. */
  readonly denied: readonly number[];
}

/** Looks at `scenario`, which begins with the rejection. */
export function aftermath(scenario: ScenarioHistory): Aftermath {
  const refused = scenario.refreshes.find(({ response }) => (response?.status ?? 0) >= 400);
  const label = refused?.facts.refreshToken?.label;
  const from = refused?.endedAt ?? 0;
  return {
    refused,
    again: scenario.refreshes.filter(
      (one) => refused !== undefined && one.seq > refused.seq && one.facts.refreshToken?.label === label,
    ),
    surfaced: [
      ...scenario.actions.flatMap(({ end }) =>
        end !== undefined &&
        (end.result === 'failed' || end.reauthorize === true || end.connected === false) &&
        end.t >= from
          ? [end.seq]
          : [],
      ),
      ...scenario.authorizations.map(({ seq }) => seq),
    ],
    denied: scenario.actions.flatMap(({ begin, end }) =>
      begin.name === 'call' && end?.result === 'ok' && end.t >= from ? [end.seq] : [],
    ),
  };
}

/** Returns whether the client died during the scenario. */
export const died = (scenario: ScenarioHistory): readonly number[] =>
  scenario.actions.flatMap(({ end }) => (end?.result === 'died' ? [end.seq] : []));

/** Actions that were not answered in time. One that is open was cut off by the harness. */
export const hung = (scenario: ScenarioHistory): readonly number[] =>
  scenario.actions.flatMap(({ end }) => (end?.result === 'timed-out' ? [end.seq] : []));

/** Returns whether a call was being answered at that time. What a client does by itself is no part of it. */
export const asked = ({ actions }: ScenarioHistory, at: number): boolean =>
  actions.some(({ begin, end }) => begin.name === 'call' && begin.t <= at && at <= (end?.t ?? Infinity));
