import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { tallyCalls } from '../../src/history/calls.ts';
import { callsLeft } from '../calls.ts';
import { succeeded } from '../rtr/refreshes.ts';

export default defineCheck({
  id: 'RACE-07',
  suite: 'races',
  level: 'SHOULD',
  title: 'A 401 that arrives after a refresh leads to a retry, not to another refresh',
  failure: 'A 401 that arrives after a refresh leads to another refresh',
  why: 'The access token was already renewed. Another refresh costs a rotation, and with the old refresh token Salesforce treats it as reuse and revokes the token family.',
  remedy:
    'On a 401 compare the access token that the call used with the current one. If they differ, repeat the call without a refresh.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['late-401'],
  untested: 'Let a call get its 401 (expired session) after another call has refreshed.',
  relies: ['refresh-after-401', 'new-access-token-used'],
  judge: (scenario) => {
    const late = scenario.phase('late');
    const answered = late.refreshes.find(succeeded);
    if (answered === undefined) return undefined;
    const denied = late.resources.filter(
      ({ response, begunAt, endedAt }) =>
        response?.status === 401 && begunAt < answered.begunAt && endedAt > answered.endedAt,
    );
    const [first] = denied;
    if (first === undefined) {
      return pass(
        'No late 401 was possible: the client makes one call after the other.',
        late.refreshes.map(({ seq }) => seq),
      );
    }
    const again = late.refreshes.filter(({ begunAt }) => begunAt >= first.endedAt);
    if (again.length > 0) {
      return fail(
        `A call got its 401 after another call had refreshed, and ${again.length === 1 ? '1 more refresh' : `${String(again.length)} more refreshes`} followed; a retry with the new access token was expected.`,
        again.map(({ seq }) => seq).concat(first.seq, answered.seq),
      );
    }
    const label = answered.response?.issued?.accessToken?.label;
    const repeat = late.resources.find(
      ({ begunAt, facts }) => begunAt >= first.endedAt && facts.accessToken?.label === label,
    );
    const wrong = callsLeft(tallyCalls(scenario, late));
    return repeat === undefined || wrong !== undefined
      ? fail(
          `A call got its 401 after another call had refreshed, and ${repeat === undefined ? 'was not repeated' : 'failed when it was repeated'}; a retry with the new access token was expected.`,
          [first.seq, answered.seq, ...(wrong?.evidence ?? [])],
        )
      : pass('The call that got its 401 after the refresh was repeated with the new access token.', [
          first.seq,
          repeat.seq,
          answered.seq,
        ]);
  },
});
