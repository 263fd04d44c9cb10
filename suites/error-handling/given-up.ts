/** Judges whether a client stops using a refresh token that was rejected permanently. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { aftermath, died, hung } from './aftermath.ts';

/** Judges `after`, whose events begin with the rejection; `what` is the rejection as a sentence fragment. Undefined when no refresh was
 * refused. */
export function givenUp(after: ScenarioHistory, what: string): Finding | undefined {
  const crash = died(after);
  if (crash.length > 0) return fail(`The client crashed when ${what}; a clear error was expected.`, crash);
  const stuck = hung(after);
  const { refused, again, surfaced, denied } = aftermath(after);
  if (refused === undefined) return undefined;
  if (again.length > 1) {
    return fail(
      `The rejected ${refused.facts.refreshToken?.label ?? 'token'} was sent ${howMany(again.length, 'more time')}; at most one further attempt was expected.`,
      [refused.seq, ...again.map(({ seq }) => seq)],
    );
  }
  if (stuck.length > 0) {
    return fail(`The client never answered after ${what}; a clear error was expected.`, [...stuck, refused.seq], {
      broken: ['calls-answered'],
    });
  }
  if (surfaced.length === 0) {
    return fail(`After ${what} the client neither reported an error nor started a new authorization.`, [
      refused.seq,
      ...denied,
    ]);
  }
  return pass('The client stopped using the rejected token and reported that its user has to connect again.', [
    refused.seq,
    ...surfaced,
  ]);
}
