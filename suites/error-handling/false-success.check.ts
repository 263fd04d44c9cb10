import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { answerOf, cost, encounter, kept, silent, type Encounter } from './answered.ts';

const PHASES = ['error-with-200', 'success-without-token'];

export default defineCheck({
  id: 'ERR-08',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'A 200 without an access token is treated as an error, and the refresh token is kept',
  failure: 'A 200 without an access token is treated as success, or costs the refresh token',
  why: 'The client then stores "undefined" over tokens that were still valid.',
  remedy:
    'Check the response before you store it: `if (typeof body.access_token !== "string") throw new RefreshFailed("no access_token")`.',
  references: ['RFC 6749 §5.1'],
  scenarios: ['error-answers'],
  untested: 'Let the token endpoint answer a refresh of the client with 200 and no access token.',
  shows: ['false-success-refused'],
  relies: ['chain-kept', 'refresh-survived', 'refreshes-after-failure', 'login-recovers'],
  judge: (scenario) => {
    const met = PHASES.flatMap((phase) => encounter(scenario, phase) ?? []);
    for (const one of met) {
      const wrong = silent(one);
      if (wrong !== undefined) return fail(wrong, [one.ended, one.refused.seq]);
      const lost = cost(scenario, one);
      if (lost !== undefined) {
        const message = `A refresh was answered ${answerOf(one)} without an access token, and ${lost.how}.`;
        return lost.broken === undefined
          ? fail(message, lost.evidence)
          : inconclusive(message, lost.evidence, { broken: lost.broken });
      }
      const used = neverIssued(scenario, one);
      if (used !== undefined) {
        const length = String(used.facts.accessToken?.length ?? 0);
        return fail(
          `A refresh was answered ${answerOf(one)} without an access token, and an API call followed with an access token of ${length} characters that was never issued; an error was expected.`,
          [used.seq, one.refused.seq],
          { diagnosis: 'The missing value was stored as text, such as "undefined".' },
        );
      }
    }
    const good = met.filter(kept);
    if (good.length === 0) return undefined;
    return pass(
      'A 200 without an access token was reported, and the refresh token was kept.',
      good.flatMap(({ ended, refused, next }) => [refused.seq, ended, ...(next === undefined ? [] : [next.seq])]),
    );
  },
});

/** Returns the API request of the same call whose access token was never issued to the client and was not sent before. */
function neverIssued(
  scenario: ScenarioHistory,
  { phase, refused }: Encounter,
): ScenarioHistory['resources'][number] | undefined {
  const used = scenario
    .phase(phase)
    .resources.find(({ begunAt, facts }) => begunAt >= refused.endedAt && facts.accessToken?.family === null);
  const label = used?.facts.accessToken?.label;
  const older = scenario.resources.some(({ seq, facts }) => seq < refused.seq && facts.accessToken?.label === label);
  return older ? undefined : used;
}
