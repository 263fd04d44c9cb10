import { defineCheck, fail, pass, warn } from '../../src/grade/finding.ts';
import { sessionRefused } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { aftermath, died, hung } from './aftermath.ts';

/** Uses of a revoked access token allowed until the client must have noticed. */
const PATIENCE = 3;

export default defineCheck({
  id: 'ERR-02',
  suite: 'error-handling',
  level: 'MUST',
  title: 'After its token family was revoked the client stops using the tokens',
  failure: 'After its token family was revoked the client continues to use the tokens',
  why: 'Reuse detection revokes the refresh token and its access tokens at once. It is a sign of a stolen token: the client has to stop, inform its user, and leave a trace for an investigation.',
  remedy:
    'Treat a refused refresh after a 401 as the end of the connection: stop using both tokens, inform the user, and write a log line that operations will see.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['reuse'],
  untested: 'Let the client call the API after its token family was revoked.',
  shows: ['revocation-handled'],
  relies: ['refresh-after-401', 'refresh-survived'],
  judge: (scenario) => {
    const after = scenario.since('reuse');
    const crash = died(after);
    if (crash.length > 0)
      return fail('The client crashed when its token family was revoked; a clear error was expected.', crash);
    const { refused, again, surfaced } = aftermath(after);
    const stuck = hung(after);
    if (refused === undefined && surfaced.length === 0 && stuck.length === 0) return undefined;
    if (again.length > 1) {
      return fail(
        `The revoked ${refused?.facts.refreshToken?.label ?? 'token'} was sent ${howMany(again.length, 'more time')}; at most one further attempt was expected.`,
        [...again, ...(refused === undefined ? [] : [refused])].map(({ seq }) => seq),
      );
    }
    if (stuck.length > 0) {
      return fail('The client never answered after its token family was revoked; a clear error was expected.', stuck, {
        broken: ['calls-answered'],
      });
    }
    const calls = after.actions.filter(({ begin }) => begin.name === 'call').length;
    const usual = requestsPerCall(scenario.before('reuse'));
    const hammered = after.resources.filter(({ facts }) => facts.accessToken !== null && !facts.accessToken.alive);
    if (hammered.length > 2 * calls * usual) {
      return fail(
        `Revoked access tokens were sent ${howMany(hammered.length, 'time')} in ${howMany(calls, 'call')}, while a call usually sends ${howMany(usual, 'request')}; the client was expected to stop.`,
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
        `The client reported the refusal, but sent the revoked access token ${howMany(late.length, 'more time')}, once per call.`,
        late.map(({ seq }) => seq),
        { remedy: 'Delete the access token together with the refresh token; then a call fails without a request.' },
      );
    }
    return pass(
      'The client stopped using the revoked tokens and reported that its user has to connect again. Check that its log has a line that operations would see.',
      [...(refused === undefined ? [] : [refused.seq]), ...surfaced],
    );
  },
});

/** Returns the largest number of API requests that one call sent while its session was valid; at least one. */
function requestsPerCall(before: ScenarioHistory): number {
  const calls = before.actions.filter(({ begin, end }) => begin.name === 'call' && end?.result === 'ok');
  const counts = calls.map(
    ({ seq, end }) => before.between(seq, end?.seq ?? seq).resources.filter((one) => !sessionRefused(one)).length,
  );
  return Math.max(1, ...counts);
}
