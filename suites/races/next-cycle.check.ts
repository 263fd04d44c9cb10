import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { succeeded } from '../rtr/refreshes.ts';
import { afterSuccess, presentations } from './contention.ts';

const check: Check = {
  id: 'RACE-14',
  suite: 'races',
  level: 'MUST',
  title: 'No refresh begins with a token whose successor was already delivered',
  failure: 'A refresh begins with a token whose successor was already delivered',
  why: 'That is no race any more but reuse: Salesforce revokes the current refresh token and all access tokens.',
  remedy:
    'Read the refresh token inside the single-flight section, not before it, and keep the shared refresh until every caller has taken its result.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd', 'refresh-chain', 'late-401'],
  untested: 'Let the client refresh twice, with several calls at once.',
  blockers: ['RTR-01', 'RTR-02'],
  judge: (scenario) => {
    // Across a restart it is RTR-04's question.
    const { refreshes } = scenario.before('restart');
    if (!refreshes.some(succeeded)) return undefined;
    for (const group of presentations(refreshes)) {
      const pair = afterSuccess(group);
      if (pair === undefined) continue;
      const [first, again] = pair;
      const gap = Math.round(again.begunAt - first.endedAt);
      return fail(
        `${again.facts.refreshToken?.label ?? 'A refresh token'} was presented again ${String(gap)} ms after its successor had been delivered; the successor was expected.`,
        [again.seq, first.seq, first.response?.seq ?? 0],
      );
    }
    const after = refreshes.slice(refreshes.findIndex(succeeded) + 1);
    return after.length === 0
      ? undefined
      : pass(
          'Each refresh that followed a delivered token presented the successor.',
          after.map(({ seq }) => seq),
        );
  },
};
export default check;
