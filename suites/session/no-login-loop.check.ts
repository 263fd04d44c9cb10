import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { died, hung } from '../error-handling/aftermath.ts';

const FAULT = 'api-disabled';

export default defineCheck({
  id: 'SES-08',
  suite: 'session',
  level: 'SHOULD',
  title: 'An API that refuses a valid session leads to an error, not to another login',
  failure: 'An API that refuses a valid session leads to another login or to a refresh loop',
  why: 'An org without API access answers 403 API_DISABLED_FOR_ORG to every request. A new login or refresh changes nothing: the user logs in again and again, and each time uses up an approval.',
  remedy:
    'Log in again only when the refresh token is rejected. Report a 403 with its error code: "The API is not enabled for this organization".',
  references: ['RFC 6750 §3.1'],
  scenarios: ['api-disabled'],
  untested: 'Connect the client while the API answers 403 API_DISABLED_FOR_ORG, then let it make a call.',
  relies: ['refresh-survived'],
  judge: (scenario) => {
    const refused = scenario.resources.find(({ response }) => response?.fault === FAULT);
    if (refused === undefined) return undefined;
    const logins = scenario.authorizations.filter(({ begunAt }) => begunAt >= refused.endedAt);
    if (logins.length > 0) {
      return fail(
        `The API answered 403 API_DISABLED_FOR_ORG, and the client started ${howMany(logins.length, 'further login')} that its user had not asked for.`,
        [...logins.map(({ seq }) => seq), refused.seq],
      );
    }
    const loop = refreshesOfOneCall(scenario);
    if (loop.length > 1) {
      return fail(
        `The API answered 403 API_DISABLED_FOR_ORG, and one call led to ${howMany(loop.length, 'refresh', 'refreshes')}; none was expected.`,
        [...loop, refused.seq],
      );
    }
    const crash = died(scenario);
    if (crash.length > 0) return fail('The API answered 403 API_DISABLED_FOR_ORG, and the client died.', crash);
    const stuck = hung(scenario);
    if (stuck.length > 0) {
      return fail('The API answered 403 API_DISABLED_FOR_ORG, and the client never answered.', stuck, {
        broken: ['calls-answered'],
      });
    }
    return pass('The API answered 403 API_DISABLED_FOR_ORG, and neither a login nor a refresh loop followed.', [
      refused.seq,
    ]);
  },
});

/** Returns the refreshes that one call sent after the refusal: of the call with the most. */
function refreshesOfOneCall(scenario: ScenarioHistory): readonly number[] {
  const each = scenario.actions.map(({ begin, end }) => {
    const within = (at: number): boolean => at >= begin.t && at <= (end?.t ?? Infinity);
    const refused = scenario.resources.find(({ begunAt, response }) => response?.fault === FAULT && within(begunAt));
    if (refused === undefined) return [];
    return scenario.refreshes
      .filter(({ begunAt }) => begunAt >= refused.endedAt && within(begunAt))
      .map(({ seq }) => seq);
  });
  return each.reduce((most, one) => (one.length > most.length ? one : most), []);
}
