import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { asksAgain, sentToken } from '../rtr/refreshes.ts';
import { newestToken, stateOfNewest, TOKEN_LOST } from '../rtr/token-state.ts';

export default defineCheck({
  id: 'ERR-05',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'The stored refresh token is kept during an outage of the token endpoint',
  failure: 'An outage of the token endpoint is treated as a rejected refresh token',
  why: 'A 503 says nothing about the token. A client that then deletes it sends every user to a login after each short outage.',
  remedy:
    'Drop the tokens only when the answer says that they are dead: `invalid_grant` with "expired access/refresh token". On 5xx, 429 and network errors keep them, report the failure, and try again later.',
  references: ['RFC 6749 §5.2', 'RFC 9110 §15.6.4'],
  scenarios: ['failed-refresh'],
  untested: 'Let the token endpoint answer 503 during one call, then let the client make another call.',
  shows: ['outage-survived'],
  relies: ['chain-kept', 'refresh-survived', 'refreshes-after-failure'],
  judge: (scenario) => {
    const failed = scenario.phase('failure').refreshes.find(({ response }) => response?.fault !== undefined);
    if (failed === undefined) return undefined;
    const after = scenario.since('failure');
    const again = [...asksAgain(after), ...after.authorizations.map(({ seq }) => seq)];
    if (again.length > 0) {
      const at = Math.min(...again);
      const message = `After a 503 the client asked for a new login; ${stateOfNewest(scenario, at)}.`;
      return newestToken(scenario, at)?.state === 'revoked'
        ? inconclusive(message, [...again, failed.seq], { broken: TOKEN_LOST })
        : fail(message, [...again, failed.seq]);
    }
    const next = after.refreshes.find(({ seq, response }) => seq > failed.seq && response?.fault === undefined);
    if (next === undefined) return undefined;
    return next.facts.refreshToken?.label === failed.facts.refreshToken?.label
      ? pass(`After a 503 the client sent ${sentToken(next)}, again.`, [next.seq, failed.seq])
      : fail(`After a 503 the client sent ${sentToken(next)}; the stored token was expected.`, [next.seq, failed.seq]);
  },
});
