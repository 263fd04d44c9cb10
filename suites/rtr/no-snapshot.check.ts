import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { isRefresh, sentToken, succeeded } from './refreshes.ts';
import { tokenState } from './token-state.ts';

export default defineCheck({
  id: 'RTR-18',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A call that waited while the token was rotated twice uses the newest token',
  failure: 'A call that waited while the token was rotated sends the token that it began with',
  why: 'A queued job that carries a copy of the tokens sends a used refresh token as soon as others have refreshed meanwhile. Salesforce takes that for theft and revokes the connection.',
  remedy: 'Hand jobs the id of a connection, not its tokens, and read the tokens when they are used.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['held-across-rotations'],
  untested: 'Hold the 401 of one call until two other calls have refreshed.',
  relies: ['refresh-after-401', 'chain-kept', 'refresh-survived', 'successor-used', 'new-access-token-used'],
  judge: (scenario) => {
    const part = scenario.since('held');
    const rotations = part.refreshes.filter((one) => isRefresh(one) && succeeded(one));
    const waited = part.resources.find(
      ({ begunAt, endedAt, response }) =>
        response?.status === 401 &&
        rotations.filter((one) => one.begunAt > begunAt && one.endedAt < endedAt).length > 1,
    );
    if (waited === undefined) return undefined;
    const used = part.refreshes.find(
      ({ begunAt, facts, seq }) =>
        begunAt >= waited.endedAt && tokenState(scenario, facts.refreshToken, seq) === 'used',
    );
    return used === undefined
      ? pass('A call got its 401 after two rotations, and no used token was sent.', [
          waited.seq,
          ...rotations.map(({ seq }) => seq),
        ])
      : fail(
          `A call got its 401 after two rotations, and ${sentToken(used)} was sent, which had been used; the newest token was expected.`,
          [used.seq, waited.seq],
        );
  },
});
