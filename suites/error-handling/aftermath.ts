/** Reads what a client does after its refresh token was rejected permanently. */
import type { ScenarioHistory } from '../../src/history/query.ts';
import type { Refresh } from '../rtr/refreshes.ts';

/** A client's behavior after its refresh token was rejected permanently, read by `aftermath`. */
export interface Aftermath {
  /** The first refresh that was refused; undefined when the client sent none. */
  readonly refused: Refresh | undefined;
  /** Later refreshes with the same token. */
  readonly again: readonly Refresh[];
  /** Events that report the loss to the user: failed answers, `reauthorize`, `connected: false`, a new authorization request. */
  readonly surfaced: readonly number[];
  /** Actions that were reported as successful although no valid token was left. */
  readonly denied: readonly number[];
}

/** Reads `scenario`, whose events begin with the rejection. */
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

/** Returns the events at which the client's process ended without the harness causing it. */
export const died = (scenario: ScenarioHistory): readonly number[] =>
  scenario.actions.flatMap(({ end }) => (end?.result === 'died' ? [end.seq] : []));

/** Returns the actions that timed out. An action that is still open was cut off by the harness and is not among them. */
export const hung = (scenario: ScenarioHistory): readonly number[] =>
  scenario.actions.flatMap(({ end }) => (end?.result === 'timed-out' ? [end.seq] : []));

/** Returns whether a call was in progress at `at`; requests outside calls are the client's background work. */
export const asked = ({ actions }: ScenarioHistory, at: number): boolean =>
  actions.some(({ begin, end }) => begin.name === 'call' && begin.t <= at && at <= (end?.t ?? Infinity));
