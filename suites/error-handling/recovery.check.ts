import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { callOutcome, sessionRefused } from '../../src/history/calls.ts';
import { howMany } from '../counted.ts';
import { endsOf } from '../calls.ts';
import { sentToken } from '../rtr/refreshes.ts';
import { died } from './aftermath.ts';

export default defineCheck({
  id: 'ERR-04',
  suite: 'error-handling',
  level: 'MUST',
  title: 'After a new login the client uses the new tokens only',
  failure: 'After a new login the client does not recover',
  why: 'After a rejection the client asks its user to connect again. That has to work, and the old tokens have to be gone.',
  remedy:
    'Replace all stored tokens with those of the new login, and clear the mark that the old connection was broken.',
  references: ['RFC 6749 §4.1'],
  scenarios: ['rejected'],
  untested: 'Log in again after the refresh token was rejected, then let the client refresh.',
  shows: ['login-recovers'],
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used'],
  judge: (scenario) => {
    const after = scenario.since('recovery');
    const login = after.actions.find(({ begin }) => begin.name === 'authorize');
    if (login?.end === undefined) return undefined;
    const crash = died(after);
    if (crash.length > 0) return fail('The client crashed when its user connected again.', crash);
    if (login.end.result !== 'ok') {
      return fail('The login after the rejection failed; it was expected to work.', [login.end.seq]);
    }
    const family = after.codeExchanges.flatMap(({ response }) => response?.issued?.family ?? []).at(-1);
    const calls = after.actions.filter(({ begin }) => begin.name === 'call');
    const { t: done } = login.end;
    // Only requests of calls that began after the login ended were certainly sent after it; background requests may have been sent
    // before.
    const since = calls.find(({ begin }) => begin.t >= done)?.begin.t ?? Infinity;
    const old = after.refreshes.find(({ facts, begunAt }) => begunAt >= since && facts.refreshToken?.family !== family);
    if (old !== undefined) {
      return fail(`After the new login the client sent ${sentToken(old)}; a token of the new login was expected.`, [
        old.seq,
      ]);
    }
    const oldAccess = after.resources.find(
      ({ facts, begunAt }) => begunAt >= since && facts.accessToken !== null && facts.accessToken.family !== family,
    );
    if (oldAccess !== undefined) {
      return fail(
        'After the new login an API call carried an access token of the old one; the new access token was expected.',
        [oldAccess.seq],
      );
    }
    if (calls.length === 0) return undefined;
    const outcomes = calls.map((call) => ({ call, outcome: callOutcome(scenario, call) }));
    const failed = outcomes.filter(
      ({ outcome }) => outcome === 'failed' || outcome === 'hung' || outcome === 'unbacked',
    );
    const refused = after.resources.filter((one) => one.begunAt >= since && sessionRefused(one));
    if (failed.length > 0) {
      return fail(
        `After the new login ${String(failed.length)} of ${howMany(calls.length, 'call')} failed; all were expected to succeed.`,
        [...endsOf(failed.map(({ call }) => call)), ...refused.map(({ seq }) => seq)],
        {
          diagnosis:
            refused.length > 0 && after.refreshes.length === 0
              ? 'Its access token was refused, and no refresh was sent: the state of the failed refresh, such as a rejected promise or an open circuit breaker, was not cleared by the login (see RACE-15).'
              : undefined,
          assumes: after.refreshes.length === 0 ? ['refresh-after-401'] : undefined,
        },
      );
    }
    return outcomes.some(({ outcome }) => outcome === 'succeeded')
      ? pass(
          `After the new login the client used the new tokens only${after.refreshes.length > 0 ? ', and refreshed with them' : ''}.`,
          [login.end.seq, ...after.refreshes.map(({ seq }) => seq)],
        )
      : inconclusive(
          'After the new login calls were reported as successful, but none sent an API request.',
          endsOf(calls),
        );
  },
});
