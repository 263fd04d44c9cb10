import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { encounter } from '../error-handling/answered.ts';
import { pauseOf } from './survived.ts';

/** What the answer asks for, and how far two clocks may differ. */
const RETRY_AFTER_MS = 1_000;
const TOLERANCE_MS = 10;

const check: Check = {
  id: 'RES-02',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'Retry-After is obeyed',
  failure: 'A refresh is repeated sooner than Retry-After allows',
  why: 'Who repeats sooner is throttled longer, and in the end blocked.',
  remedy:
    'Read `Retry-After` (seconds, or a date) of 429 and 503 and wait for that long, or report the failure: `await sleep(Number(headers.get("retry-after")) * 1000)`.',
  references: ['RFC 6585 §4', 'RFC 9110 §10.2.3'],
  scenarios: ['outages'],
  untested: 'Let the token endpoint answer one refresh of the client with 429 and Retry-After: 1.',
  blockers: ['RTR-01'],
  judge: (scenario) => {
    const met = encounter(scenario, 'throttled');
    if (met === undefined) return undefined;
    const pauseMs = pauseOf(scenario, met);
    if (pauseMs !== undefined) {
      const said = `A refresh that was answered 429 with Retry-After: 1 was repeated after ${String(Math.max(0, Math.round(pauseMs)))} ms`;
      return pauseMs < RETRY_AFTER_MS - TOLERANCE_MS
        ? fail(`${said}; 1000 ms were expected.`, [met.refused.seq, met.ended])
        : pass(`${said}.`, [met.refused.seq, met.ended]);
    }
    if (met.askedAgain.length > 0) {
      return inconclusive('After a 429 the client asked for a new login instead of waiting.', met.askedAgain, {
        blockedBy: 'ERR-05',
      });
    }
    return met.result === 'failed'
      ? pass('The client reported the 429 and did not repeat the refresh by itself.', [met.refused.seq, met.ended])
      : undefined;
  },
};
export default check;
