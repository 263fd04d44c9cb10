import { defineCheck, warn } from '../../src/grade/finding.ts';
import { LEAST_MS, LEAST_PAUSE_MS, milliseconds, repeated, survived } from './survived.ts';

export default defineCheck({
  id: 'RES-01',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'After a 503 the client retries with the same refresh token, after a pause',
  failure: 'After a 503 the client drops its refresh token, or retries without a pause',
  why: 'Clients that retry at once bring an overloaded server down; a client that drops the token loses the connections of its users.',
  remedy:
    'Report the failure and try again at the next call, or retry once after an increasing pause: `await sleep(200 * 2 ** attempt)`.',
  references: ['RFC 9110 §15.6.4', 'RFC 6749 §6'],
  scenarios: ['outages'],
  untested: 'Let the token endpoint answer one refresh of the client with 503.',
  relies: ['chain-kept', 'refresh-survived', 'new-access-token-used', 'outage-survived', 'refreshes-after-failure'],
  judge: (scenario) => {
    const met = survived(scenario, 'unavailable', 'A refresh was answered 503');
    if (met?.finding.verdict !== 'pass') return met?.finding;
    const again = repeated(scenario, met.encounter);
    return again !== undefined && again.pauseMs < LEAST_PAUSE_MS
      ? warn(
          `A refresh that was answered 503 was retried after ${milliseconds(again)}; a pause of ${String(LEAST_MS)} ms was expected.`,
          [again.refresh.seq, met.encounter.refused.seq],
        )
      : met.finding;
  },
});
