import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { presented, succeeded } from './refreshes.ts';

const check: Check = {
  id: 'RTR-02',
  suite: 'rtr',
  level: 'MUST',
  title: 'The second refresh presents the token that the first one returned',
  failure: 'The new refresh token is dropped',
  why: 'With rotation each refresh token works once. Presenting the old one again is treated as theft: Salesforce revokes the current refresh token and its access tokens.',
  remedy:
    'After each refresh, store `refresh_token` of the answer over the old one: `save({ ...tokens, ...answer })`. When the answer has none, keep the old one.',
  references: ['RFC 6749 §6', 'RFC 9700 §4.14.2'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client refresh twice in a row.',
  shows: ['new-token-kept'],
  relies: ['refresh-after-401', 'refresh-survived'],
  judge: (scenario) => {
    const { refreshes } = scenario.before('restart');
    const first = refreshes.find(succeeded);
    if (first === undefined) return undefined;
    const second = refreshes.find((one) => one !== first && one.begunAt >= first.endedAt);
    if (second === undefined) return undefined;
    const evidence = [second.seq, first.response?.seq ?? first.seq];
    return second.facts.refreshToken?.head === true
      ? pass(`The second refresh presented ${presented(second)}, which the first had returned.`, evidence)
      : fail(
          `The second refresh presented ${presented(second)}; the token that the first refresh returned was expected.`,
          evidence,
          {
            ...(second.facts.refreshToken?.label === first.facts.refreshToken?.label
              ? {
                  diagnosis:
                    'It is the very token of the first refresh: the client ignores refresh_token in the answer, or stores it where it does not look.',
                }
              : {}),
          },
        );
  },
};
export default check;
