import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { wentWrong } from '../../src/history/calls.ts';
import { endsOf } from '../calls.ts';

export default defineCheck({
  id: 'SES-06',
  suite: 'session',
  level: 'INFO',
  title: 'The newest connection works after the oldest approval has ended',
  failure: 'The newest connection fails after the oldest approval has ended',
  why: 'Salesforce keeps five approvals per user and app; the sixth login silently ends the oldest one. A client that still uses it loses its connection.',
  remedy: 'Let a new login replace the stored tokens, and revoke the old refresh token when a user connects again.',
  references: ['RFC 6749 §6'],
  scenarios: ['approvals'],
  untested: 'Let the same user connect six times.',
  relies: ['refresh-after-401', 'login-recovers', 'chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const limit = scenario.of('phase').find(({ phase }) => phase === 'limit');
    if (limit === undefined) return undefined;
    const after = scenario.since('limit');
    const old = [...after.refreshes, ...after.resources].find(
      ({ facts }) => (facts.kind === 'token' ? facts.refreshToken : facts.accessToken)?.family === limit.detail,
    );
    if (old !== undefined) {
      return fail(
        'After six logins the client used a token of the first one, which the sixth had revoked; the newest tokens were expected.',
        [old.seq, limit.seq],
      );
    }
    const calls = after.actions.filter(({ begin, end }) => begin.name === 'call' && end !== undefined);
    if (calls.length === 0) return undefined;
    const failed = calls.filter((call) => wentWrong(scenario, call));
    return failed.length > 0
      ? fail(
          'After six logins, when the approval of the first had ended, the client failed; it was expected to work.',
          endsOf(failed),
        )
      : pass('After six logins the client used the newest tokens only.', endsOf(calls));
  },
});
