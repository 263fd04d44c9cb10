import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { usesAfterLogout } from '../session/logged-out.ts';

export default defineCheck({
  id: 'RACE-09',
  suite: 'races',
  level: 'SHOULD',
  title: 'After a logout during a refresh the client stays logged out',
  failure: 'A refresh that ends after the logout restores the session',
  why: 'A user who logged out expects the connection to be gone. Storing a late response restores it unnoticed.',
  remedy:
    'Let the logout wait for the running refresh, or let the refresh check before it stores tokens that the user is still logged in. Revoke the token that it returned, and delete all tokens even if the revocation is refused.',
  references: ['RFC 7009 §2.1'],
  scenarios: ['logout-race'],
  needs: ['disconnect'],
  untested: 'Log out during a refresh of the client.',
  relies: ['refresh-after-401', 'refresh-survived', 'stored-before-use'],
  judge: (scenario) => {
    if (!scenario.reached('logged-out')) return undefined;
    const logout = scenario.phase('logout');
    const action = logout.actions.find(({ begin }) => begin.name === 'disconnect');
    const how = action?.end?.result === 'ok' ? 'After the logout' : 'After a logout that did not succeed';
    const used = usesAfterLogout(scenario.since('logged-out'));
    if (used.evidence.length > 0) {
      return fail(
        `${how} the client ${used.how}. A refresh was running at the logout; its tokens must not be used afterwards.`,
        [...used.evidence, ...(action?.end === undefined ? [] : [action.end.seq])],
      );
    }
    const left = storedAfterwards(scenario, logout);
    if (left !== undefined) {
      return fail(
        `${how} no token was used, but ${left.file} holds ${left.label}, which the refresh that was running at the logout had returned and which was never revoked.`,
        left.evidence,
      );
    }
    return pass(
      `${how} no token was used, although a refresh was running at the logout.`,
      scenario.since('logged-out').actions.map(({ end, seq }) => end?.seq ?? seq),
    );
  },
});

/** Returns a refresh token of the refresh that was in progress, if the store holds it at the end while its family is valid. */
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
