import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { sentToken, succeeded, sentNewest } from './refreshes.ts';

export default defineCheck({
  id: 'RTR-02',
  suite: 'rtr',
  level: 'MUST',
  title: 'The second refresh sends the token that the first one returned',
  failure: 'The new refresh token is dropped',
  why: 'With rotation each refresh token works once. Sending the old one again is treated as theft: Salesforce revokes the current refresh token and its access tokens.',
  remedy:
    'After each refresh, replace the stored `refresh_token` with the one in the response: `save({ ...tokens, ...response })`. If the response has none, keep the old one.',
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
    return sentNewest(second)
      ? pass(`The second refresh sent ${sentToken(second)}, which the first had returned.`, evidence)
      : fail(
          `The second refresh sent ${sentToken(second)}; the token that the first refresh returned was expected.`,
          evidence,
          {
            ...(second.facts.refreshToken?.label === first.facts.refreshToken?.label
              ? {
                  diagnosis:
                    'It is the token that the first refresh sent: the client ignores the refresh_token in the response, or stores it where it does not read it.',
                }
              : {}),
          },
        );
  },
});
