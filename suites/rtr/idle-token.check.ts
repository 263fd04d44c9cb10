import { defineCheck, fail } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { oneLoginSuffices } from '../session/one-login.ts';

/** Token requests that the calls after the expiry may send in total. */
const MOST = 3;

export default defineCheck({
  id: 'IDLE-01',
  suite: 'rtr',
  level: 'MUST',
  rules: ['sf-partner-2026-11'],
  title: 'A refresh token that expired after 30 idle days is dropped, and one login is enough',
  failure: 'A refresh token that expired after 30 idle days is used on, or a new login does not help',
  why: 'With the idle limit on, a connection that was not used for 30 days needs its user again. A client that hides that, or keeps asking the token endpoint, leaves the user without data and the reason unknown.',
  remedy:
    'Treat the expiry as any rejected refresh token: stop using it, mark the connection as broken, ask the user to connect again. To keep a connection that is rarely used, refresh it at least every 29 days.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['idle-token'],
  untested: 'Let the client call the API after its refresh token was idle for 30 days, then connect it again.',
  relies: [
    'refresh-after-401',
    'rejection-handled',
    'no-storm',
    'login-recovers',
    'chain-kept',
    'refresh-survived',
    'new-access-token-used',
  ],
  judge: (scenario) => {
    const requests = scenario.since('idle').before('reconnect').tokenRequests;
    if (requests.length > MOST) {
      return fail(
        `The refresh token had expired after 30 idle days, and the client sent ${howMany(requests.length, 'token request')} until its user connected again; at most ${String(MOST)} were expected.`,
        requests.map(({ seq }) => seq),
      );
    }
    return oneLoginSuffices(scenario, {
      from: 'idle',
      reconnect: 'reconnect',
      what: 'its refresh token had been idle for 30 days',
      beginning: 'The refresh token had expired after 30 idle days',
    });
  },
});
