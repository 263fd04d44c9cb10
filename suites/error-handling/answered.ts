/** How one phase with a fault went, for the checks that look at the answers of the token endpoint one by one. */
import type { ScenarioHistory } from '../../src/history/query.ts';
import { asksAgain, presented, type Refresh } from '../rtr/refreshes.ts';

export interface Encounter {
  readonly phase: string;
  /** The first refresh that met the fault. */
  readonly refused: Refresh;
  /** Event number of how the call ended. */
  readonly ended: number;
  readonly result: 'ok' | 'failed' | 'timed-out' | 'died';
  /** The client asked for a login, or began one, before or in the next call. */
  readonly askedAgain: readonly number[];
  /** The first refresh after the refused one that the fault left alone: in the same call, or in the phase `NAME-over`. */
  readonly next: Refresh | undefined;
  /** The first call after the fault was over. */
  readonly nextCall: { readonly seq: number; readonly result: string } | undefined;
}

/** Undefined when no refresh met the fault, or the call never ended. */
export function encounter(scenario: ScenarioHistory, phase: string): Encounter | undefined {
  const part = scenario.phase(phase);
  const over = scenario.phase(`${phase}-over`);
  const refused = part.refreshes.find(({ response }) => response?.fault !== undefined);
  const end = part.verbs.find(({ begin }) => begin.name === 'call')?.end;
  if (refused === undefined || end === undefined || end.result === 'unsupported' || end.result === 'interrupted') {
    return undefined;
  }
  const after = over.verbs.find(({ begin }) => begin.name === 'call')?.end;
  return {
    phase,
    refused,
    ended: end.seq,
    result: end.result,
    askedAgain: [
      ...asksAgain(part),
      ...asksAgain(over),
      ...[...part.authorizations, ...over.authorizations].map(({ seq }) => seq),
    ],
    next: [...part.refreshes, ...over.refreshes].find(
      ({ begunAt, response }) => begunAt >= refused.endedAt && response?.fault === undefined,
    ),
    nextCall: after === undefined ? undefined : { seq: after.seq, result: after.result },
  };
}

/** The refresh token was still there: it was presented again. */
export const kept = ({ refused, next }: Encounter): boolean =>
  next !== undefined && next.facts.refreshToken?.label === refused.facts.refreshToken?.label;

/** What the mock answered, in words: `400 inactive_user`. */
export function answerOf({ refused }: Encounter): string {
  const { response } = refused;
  const status = String(response?.status ?? 0);
  return response?.error === undefined ? status : `${status} ${response.error}`;
}

/** Why the refusal did not come out of the client, as a sentence; undefined when it did. */
export function silent(one: Encounter): string | undefined {
  const met = `A refresh was answered ${answerOf(one)}`;
  switch (one.result) {
    case 'died':
      return `${met}, and the client died; a clear error was expected.`;
    case 'timed-out':
      return `${met}, and the client never answered; a clear error was expected.`;
    case 'ok':
      return `${met}, and the client reported success although nothing could have succeeded.`;
    case 'failed':
      return undefined;
  }
}

/** How a refusal that says nothing of the refresh token cost the client that token, as the end of a sentence; undefined when it did not. */
export function cost(one: Encounter): { readonly how: string; readonly evidence: readonly number[] } | undefined {
  const { refused, askedAgain, next, nextCall } = one;
  if (askedAgain.length > 0) {
    return {
      how: 'the client asked for a new login; its refresh token was still good',
      evidence: [...askedAgain, refused.seq],
    };
  }
  if (next !== undefined) {
    return kept(one)
      ? undefined
      : {
          how: `the next refresh presented ${presented(next)}; the stored token was expected`,
          evidence: [next.seq, refused.seq],
        };
  }
  return nextCall === undefined || nextCall.result === 'ok'
    ? undefined
    : {
        how: 'the client refreshed no more; its refresh token was still good',
        evidence: [nextCall.seq, refused.seq],
      };
}
