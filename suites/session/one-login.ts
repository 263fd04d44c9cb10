/** Judges whether a client discards tokens that have ended, and works again after one login. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { wentWrong } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { endsOf } from '../calls.ts';
import { givenUp } from '../error-handling/given-up.ts';

/** The phases of a scenario in which all tokens end, and the words for messages about it. */
export interface Ended {
  /** Phase in which the tokens end. */
  readonly from: string;
  /** Phase in which the user connects again. */
  readonly reconnect: string;
  /** The event as a clause: `all its tokens were revoked`. */
  readonly what: string;
  /** The event as the beginning of a sentence: `All tokens ended at once`. */
  readonly beginning: string;
}

/** Judges what followed the end of the tokens. Undefined when no refresh was refused or no login followed. */
export function oneLoginSuffices(scenario: ScenarioHistory, ended: Ended): Finding | undefined {
  const { from, reconnect, what, beginning } = ended;
  const given = givenUp(scenario.since(from).before(reconnect), what);
  if (given?.verdict !== 'pass') return given;
  const { actions } = scenario.since(reconnect);
  const login = actions.find(({ begin }) => begin.name === 'authorize')?.end;
  if (login === undefined) return undefined;
  const calls = actions.filter(({ begin }) => begin.name === 'call');
  const bad = calls.filter((call) => wentWrong(scenario, call));
  return login.result !== 'ok' || bad.length > 0
    ? fail(`${beginning}, and after one login the client still failed.`, [...endsOf(bad), login.seq])
    : pass(`${beginning}, the client reported it, and one login was enough.`, [login.seq, ...given.evidence]);
}
