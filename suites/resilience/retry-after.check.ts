import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { encounter } from '../error-handling/answered.ts';
import { milliseconds, repeated } from './survived.ts';

/** Pause that the answer requests. A pause that is shorter by up to `TOLERANCE_MS` passes, because two clocks may differ. */
const RETRY_AFTER_MS = 1_000;
const TOLERANCE_MS = 10;

export default defineCheck({
  id: 'RES-02',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'Retry-After is respected',
  failure: 'A refresh is retried before Retry-After allows it',
  why: 'A client that retries earlier is throttled longer, and finally blocked.',
  remedy:
    'Read `Retry-After` (seconds, or a date) of 429 and 503, and send no refresh before that time: `notBefore = Date.now() + Number(headers.get("retry-after")) * 1000`. Report the failure, or wait.',
  references: ['RFC 6585 §4', 'RFC 9110 §10.2.3'],
  scenarios: ['outages'],
  untested: 'Let the token endpoint answer one refresh of the client with 429 and Retry-After: 1.',
  relies: ['refresh-after-401', 'outage-survived', 'refreshes-after-failure'],
  judge: (scenario) => {
    const met = encounter(scenario, 'throttled');
    if (met === undefined) return undefined;
    const again = repeated(scenario, met);
    if (again !== undefined) {
      const said = `A refresh that was answered 429 with Retry-After: 1 was retried after ${milliseconds(again)}`;
      const evidence = [met.refused.seq, again.refresh.seq];
      return again.pauseMs < RETRY_AFTER_MS - TOLERANCE_MS
        ? fail(`${said}; 1000 ms were expected.`, evidence)
        : pass(`${said}.`, evidence);
    }
    if (met.askedAgain.length > 0) {
      return inconclusive('After a 429 the client asked for a new login instead of waiting.', met.askedAgain);
    }
    return met.result === 'failed'
      ? pass('The client reported the 429 and did not retry the refresh by itself.', [met.refused.seq, met.ended])
      : undefined;
  },
});
