import type { Check } from '../../src/grade/check.ts';
import { fail, pass, skip, warn } from '../../src/grade/finding.ts';
import { asksAgain, presented, succeeded } from './refreshes.ts';

const check: Check = {
  id: 'RTR-04',
  suite: 'rtr',
  level: 'MUST',
  title: 'After a restart the client presents the newest refresh token',
  failure: 'After a restart the client presents an old refresh token',
  why: 'A token that was only kept in memory is lost at the next deployment; presenting the older one from disk makes Salesforce revoke the whole family.',
  remedy:
    'Write the new refresh token to the durable store as part of the refresh, atomically, before the answer is used.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-chain'],
  needs: ['restart'],
  untested: 'Restart the client after a refresh, then let it refresh again.',
  blockers: ['RTR-01', 'RTR-02'],
  judge: (scenario, { app }) => {
    if (!scenario.reached('after-restart') || !scenario.before('restart').refreshes.some(succeeded)) return undefined;
    const after = scenario.since('after-restart');
    const [first] = after.refreshes;
    if (first !== undefined) {
      return first.facts.refreshToken?.head === true
        ? pass(`After the restart the client presented ${presented(first)}, the newest.`, [first.seq])
        : fail(`After the restart the client presented ${presented(first)}; the newest token was expected.`, [
            first.seq,
          ]);
    }
    if (after.verbs.length === 0 || after.verbs.some(({ end }) => end === undefined || end.result === 'ok'))
      return undefined;
    const evidence = asksAgain(after).concat(after.verbs.map(({ seq }) => seq));
    return app.persistence === 'session'
      ? skip(
          'The configuration declares that tokens live in memory only; after a restart the user connects again.',
          evidence,
        )
      : warn(
          'After the restart the client presented no refresh token: it had stored none, and its user has to connect again.',
          evidence,
          {
            remedy: 'Store tokens durably, or declare `"persistence": "session"` in the configuration.',
          },
        );
  },
};
export default check;
