/** Reads how the client handled one phase with a fault, for checks that judge the answers of the token endpoint one by one. */
import type { Observation } from '../../src/grade/observation.ts';
import { callOutcome, type CallOutcome } from '../../src/history/calls.ts';
import type { ActionRecord, ScenarioHistory } from '../../src/history/query.ts';
import { asksAgain, sentToken, type Refresh } from '../rtr/refreshes.ts';
import { newestToken, stateOfNewest, TOKEN_LOST, tokenState } from '../rtr/token-state.ts';

/** One call of the client that met a fault at the token endpoint, and what followed, read by `encounter`. */
export interface Encounter {
  readonly phase: string;
  /** The first refresh that the fault answered. */
  readonly refused: Refresh;
  /** Number of the event that ended the call. */
  readonly ended: number;
  readonly result: 'ok' | 'failed' | 'timed-out' | 'died';
  /** Whether the API answered the call with success. */
  readonly succeeded: boolean;
  /** Events in which the client asked for a login or began one, during the call or the next one. */
  readonly askedAgain: readonly number[];
  /** The first refresh after it that the fault did not affect: in the same call, or in the phase `NAME-over`. */
  readonly next: Refresh | undefined;
  /** The first call after the fault ended: its last event and its result. */
  readonly nextCall: { readonly seq: number; readonly outcome: CallOutcome } | undefined;
}

/** Returns how the client handled a fault; undefined when no refresh met the fault or the call never ended. */
export function encounter(scenario: ScenarioHistory, phase: string): Encounter | undefined {
  const part = scenario.phase(phase);
  const over = scenario.phase(`${phase}-over`);
  const refused = part.refreshes.find(({ response }) => response?.fault !== undefined);
  const isCall = ({ begin }: ActionRecord): boolean => begin.name === 'call';
  const call = part.actions.find(isCall);
  const end = call?.end;
  if (refused === undefined || call === undefined || end === undefined) return undefined;
  if (end.result === 'unsupported' || end.result === 'interrupted') return undefined;
  const after = over.actions.find(isCall);
  return {
    phase,
    refused,
    ended: end.seq,
    result: end.result,
    succeeded: callOutcome(scenario, call) === 'succeeded',
    askedAgain: [
      ...asksAgain(part),
      ...asksAgain(over),
      ...[...part.authorizations, ...over.authorizations].map(({ seq }) => seq),
    ],
    next: [...part.refreshes, ...over.refreshes].find(
      ({ begunAt, response }) => begunAt >= refused.endedAt && response?.fault === undefined,
    ),
    nextCall: after?.end === undefined ? undefined : { seq: after.end.seq, outcome: callOutcome(scenario, after) },
  };
}

/** Returns whether the client kept its refresh token: its next refresh sent the same one. */
export const kept = ({ refused, next }: Encounter): boolean =>
  next !== undefined && next.facts.refreshToken?.label === refused.facts.refreshToken?.label;

/** Describes the mock's answer for messages: `400 inactive_user`. */
export function answerOf({ refused }: Encounter): string {
  const { response } = refused;
  const status = String(response?.status ?? 0);
  return response?.error === undefined ? status : `${status} ${response.error}`;
}

/** Explains in a sentence how the client hid the refusal from its caller; undefined when it reported it. */
export function silent(one: Encounter): string | undefined {
  const met = `A refresh was answered ${answerOf(one)}`;
  switch (one.result) {
    case 'died':
      return `${met}, and the client crashed; a clear error was expected.`;
    case 'timed-out':
      return `${met}, and the client never answered; a clear error was expected.`;
    case 'ok':
      return one.succeeded
        ? undefined
        : `${met}, and the client reported success although none of its API requests succeeded; an error was expected.`;
    case 'failed':
      return undefined;
  }
}

/** The loss that a refusal caused which says nothing about the validity of the refresh token. */
export interface Cost {
  /** The loss as the end of a sentence. */
  readonly how: string;
  readonly evidence: readonly number[];
  /** Set when the client had lost its token earlier, so that the refusal did not cause the loss. */
  readonly broken?: readonly Observation[];
}

/** Returns how the client lost its refresh token because of the refusal; undefined when it did not. */
export function cost(scenario: ScenarioHistory, one: Encounter): Cost | undefined {
  const { refused, askedAgain, next, nextCall } = one;
  const state = tokenState(scenario, refused.facts.refreshToken, refused.seq);
  const lost = state === 'valid' ? {} : { broken: TOKEN_LOST };
  if (askedAgain.length > 0) {
    const at = Math.min(...askedAgain);
    return {
      how: `the client asked for a new login; ${stateOfNewest(scenario, at)}`,
      evidence: [...askedAgain, refused.seq],
      ...(newestToken(scenario, at)?.state === 'revoked' ? { broken: TOKEN_LOST } : lost),
    };
  }
  if (next !== undefined) {
    return kept(one)
      ? undefined
      : {
          how: `the next refresh sent ${sentToken(next)}; the stored token was expected`,
          evidence: [next.seq, refused.seq],
          ...lost,
        };
  }
  return nextCall === undefined || ['succeeded', 'unseen', 'open'].includes(nextCall.outcome)
    ? undefined
    : {
        how: `the client did not refresh again; ${stateOfNewest(scenario, nextCall.seq)}`,
        evidence: [nextCall.seq, refused.seq],
        ...lost,
      };
}
