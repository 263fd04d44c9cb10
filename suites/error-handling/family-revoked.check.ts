import type { Check } from '../../src/grade/check.ts';
import { fail, pass, warn } from '../../src/grade/finding.ts';
import { sessionRefused } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { aftermath, died, hung } from './aftermath.ts';

/** Uses of a dead access token that a client may need to notice. */
const PATIENCE = 3;

const check: Check = {
  id: 'ERR-02',
  suite: 'error-handling',
  level: 'MUST',
  title: 'A revoked token family is given up',
  failure: 'A revoked token family is used on',
  why: 'Reuse detection kills the refresh token and its access tokens at once. It is the sign of a stolen token: the client has to stop, tell its user, and let somebody look.',
  remedy:
    'Treat a refusal after a dead session as the end of the connection: stop using both tokens, tell the user, write a log line that operations will see.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['reuse'],
  untested: 'Let the client call the API after its token family was revoked.',
  shows: ['revocation-handled'],
  relies: ['refresh-after-401', 'refresh-survived'],
  judge: (scenario) => {
    const after = scenario.since('reuse');
    const crash = died(after);
    if (crash.length > 0)
      return fail('The client died when its token family was revoked; a clear error was expected.', crash);
    const { refused, again, surfaced } = aftermath(after);
    const stuck = hung(after);
    if (refused === undefined && surfaced.length === 0 && stuck.length === 0) return undefined;
    if (again.length > 1) {
      return fail(
        `The revoked ${refused?.facts.refreshToken?.label ?? 'token'} was presented ${String(again.length)} more times; at most one further attempt was expected.`,
        again.map(({ seq }) => seq),
      );
    }
    if (stuck.length > 0) {
      return fail('The client never answered after its token family was revoked; a clear error was expected.', stuck, {
        broken: ['calls-answered'],
      });
    }
    const calls = after.verbs.filter(({ begin }) => begin.name === 'call').length;
    const usual = requestsPerCall(scenario.before('reuse'));
    const hammered = after.resources.filter(({ facts }) => facts.accessToken !== null && !facts.accessToken.alive);
    if (hammered.length > 2 * calls * usual) {
      return fail(
        `Expired access tokens were sent ${String(hammered.length)} times in ${String(calls)} calls, where a call sends ${String(usual)} otherwise; the client was expected to stop.`,
        hammered.map(({ seq }) => seq),
      );
    }
    if (surfaced.length === 0) {
      return fail('The family was revoked, and the client neither reported an error nor started a new authorization.', [
        refused?.seq ?? 0,
      ]);
    }
    const late = refused === undefined ? [] : hammered.filter(({ begunAt }) => begunAt > refused.endedAt);
    if (late.length > PATIENCE * usual) {
      return warn(
        `The client said so, but went on trying the dead access token: ${String(late.length)} more times, once a call.`,
        late.map(({ seq }) => seq),
        { remedy: 'Forget the access token together with the refresh token; then a call needs no request to fail.' },
      );
    }
    return pass(
      'The client stopped using the revoked tokens and made known that its user has to connect again. Look in its log for a line that operations would see.',
      [...(refused === undefined ? [] : [refused.seq]), ...surfaced],
    );
  },
};
export default check;

/** The most API requests that one call sent while its session was good; at least one. */
function requestsPerCall(before: ScenarioHistory): number {
  const calls = before.verbs.filter(({ begin, end }) => begin.name === 'call' && end?.result === 'ok');
  const counts = calls.map(
    ({ seq, end }) => before.between(seq, end?.seq ?? seq).resources.filter((one) => !sessionRefused(one)).length,
  );
  return Math.max(1, ...counts);
}
