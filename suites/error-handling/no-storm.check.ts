import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { aftermath } from './aftermath.ts';

/** Token requests allowed for fifty calls after the token was rejected. */
const LIMIT = 3;

export default defineCheck({
  id: 'ERR-03',
  suite: 'error-handling',
  level: 'MUST',
  title: 'Calls after a rejected refresh do not cause a storm of token requests',
  failure: 'Each call after a rejected refresh sends another token request',
  why: 'An app that retries an invalid token for hours is throttled or blocked.',
  remedy:
    'Remember that the connection is broken, and let further calls fail with that error, without a token request.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['rejected'],
  untested: 'Let the client make further API calls after its refresh token was rejected.',
  shows: ['no-storm'],
  relies: ['refresh-after-401'],
  judge: (scenario) => {
    const before = scenario.since('rejected').before('storm');
    const storm = scenario.phase('storm');
    const calls = storm.actions.filter(({ begin }) => begin.name === 'call').length;
    if (calls === 0 || (aftermath(before).refused === undefined && storm.refreshes.length === 0)) return undefined;
    const requests = storm.tokenRequests;
    return requests.length > LIMIT
      ? fail(
          `${howMany(calls, 'call')} after the rejection led to ${howMany(requests.length, 'token request')}; at most ${String(LIMIT)} were expected.`,
          requests.map(({ seq }) => seq),
        )
      : pass(`${howMany(calls, 'call')} after the rejection led to ${howMany(requests.length, 'token request')}.`, [
          ...requests.map(({ seq }) => seq),
          ...before.refreshes.map(({ seq }) => seq),
        ]);
  },
});
