import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { usesAfterLogout } from '../session/logged-out.ts';

const check: Check = {
  id: 'RACE-09',
  suite: 'races',
  level: 'SHOULD',
  title: 'A logout during a refresh ends logged out',
  failure: 'A refresh that ends after the logout brings the session back',
  why: 'A user who logged out expects the connection to be gone; a late answer that is stored brings it back unseen.',
  remedy:
    'Let the logout wait for the running refresh, or let the refresh see before it stores that the session has ended; revoke what it brought, and forget all tokens even when the revocation is refused.',
  references: ['RFC 7009 §2.1'],
  scenarios: ['logout-race'],
  needs: ['disconnect'],
  untested: 'Log out while a refresh of the client is under way.',
  relies: ['refresh-after-401', 'refresh-survived', 'stored-before-use'],
  judge: (scenario) => {
    if (!scenario.reached('logged-out')) return undefined;
    const logout = scenario.phase('logout');
    const verb = logout.verbs.find(({ begin }) => begin.name === 'disconnect');
    const how = verb?.end?.result === 'ok' ? 'After the logout' : 'After a logout that did not succeed';
    const used = usesAfterLogout(scenario.since('logged-out'));
    if (used.evidence.length > 0) {
      return fail(
        `${how} the client ${used.how}; a refresh had been under way, and what it brings must not outlive the logout.`,
        [...used.evidence, ...(verb?.end === undefined ? [] : [verb.end.seq])],
      );
    }
    const left = storedAfterwards(scenario, logout);
    if (left !== undefined) {
      return fail(
        `${how} no token was used, but ${left.file} holds ${left.label}, which the refresh that was under way had brought and nobody revoked.`,
        left.evidence,
      );
    }
    return pass(
      `${how} no token was used, though a refresh had been under way.`,
      scenario.since('logged-out').verbs.map(({ end, seq }) => end?.seq ?? seq),
    );
  },
};
export default check;

/** A refresh token of the refresh that was under way, in the store when all is over, while its family lives. */
function storedAfterwards(
  scenario: ScenarioHistory,
  logout: ScenarioHistory,
): { readonly file: string; readonly label: string; readonly evidence: readonly number[] } | undefined {
  const revoked = new Set(
    scenario.of('family').flatMap(({ family, change }) => (change === 'revoked' ? [family] : [])),
  );
  for (const { response } of logout.refreshes) {
    const { refreshToken, family } = response?.issued ?? {};
    if (response === undefined || refreshToken === undefined || revoked.has(family ?? '')) continue;
    for (const { seq, files } of scenario.of('state')) {
      const file = files.find(({ holds }) => holds.includes(refreshToken.label));
      if (file !== undefined) return { file: file.name, label: refreshToken.label, evidence: [seq, response.seq] };
    }
  }
  return undefined;
}
