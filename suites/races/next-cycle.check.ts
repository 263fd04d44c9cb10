import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { succeeded } from '../rtr/refreshes.ts';
import { afterSuccess, byRefreshToken } from './contention.ts';
import { originsOf, sameOrigin } from './processes.ts';

export default defineCheck({
  id: 'RACE-14',
  suite: 'races',
  level: 'MUST',
  title: 'A refresh token is not sent again after its successor was delivered',
  failure: 'A refresh token is sent again after its successor was delivered',
  why: 'This is not a race but reuse: Salesforce revokes the current refresh token and all access tokens of the family.',
  remedy:
    'Read the refresh token inside the single-flight section, not before it, and keep the shared refresh until every caller has taken its result.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd', 'refresh-chain', 'late-401'],
  untested: 'Let the client refresh twice, with several concurrent calls.',
  shows: ['successor-used'],
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    // RTR-04 judges this across a restart, RACE-05 across processes.
    const life = scenario.before('restart');
    const { refreshes } = life;
    if (!refreshes.some(succeeded)) return undefined;
    const reuses = byRefreshToken(refreshes).flatMap(afterSuccess);
    const origins = originsOf(life);
    const own = reuses.find(([first, again]) => sameOrigin(origins, first, again));
    if (own !== undefined) {
      const [first, again] = own;
      const gap = Math.round(again.begunAt - first.endedAt);
      return fail(
        `${again.facts.refreshToken?.label ?? 'A refresh token'} was sent again ${String(gap)} ms after its successor had been delivered; the successor was expected.`,
        [again.seq, first.seq, first.response?.seq ?? 0],
      );
    }
    const elsewhere = new Set(reuses.map(([, again]) => again.seq));
    const after = refreshes.slice(refreshes.findIndex(succeeded) + 1).filter(({ seq }) => !elsewhere.has(seq));
    return after.length === 0
      ? undefined
      : pass(
          elsewhere.size === 0
            ? 'Each refresh sent the newest token that had been delivered.'
            : 'As far as can be seen, no process sent a token again after it had received the successor.',
          after.map(({ seq }) => seq),
        );
  },
});
