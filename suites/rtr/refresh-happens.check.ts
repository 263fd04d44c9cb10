import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';
import { asksAgain, refusedRequests, sentToken, sentNewest } from './refreshes.ts';

const FORM = 'application/x-www-form-urlencoded';

export default defineCheck({
  id: 'RTR-01',
  suite: 'rtr',
  level: 'MUST',
  title: 'The client refreshes after a 401 (expired session)',
  failure: 'The client does not refresh after a 401 (expired session)',
  why: 'Salesforce sends no expires_in: the end of a session shows as 401 INVALID_SESSION_ID. A client that never refreshes has not shown that it supports rotation.',
  remedy:
    'On 401 INVALID_SESSION_ID send `grant_type=refresh_token&refresh_token=…` to /services/oauth2/token once, then repeat the call with the new access token.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain'],
  untested: 'Let the client make an API call after its access token has expired.',
  shows: ['refresh-after-401'],
  judge: (scenario) => {
    const chain = scenario.since('chain');
    const [first] = chain.refreshes;
    if (first !== undefined) {
      const { method } = first.request;
      const refused = refusedRequests(chain).some(({ seq }) => seq < first.seq);
      if (method !== 'POST' && (first.response?.status ?? 0) >= 400) {
        return fail(`The first refresh was a ${method}, which was refused; a POST was expected.`, [first.seq]);
      }
      return sentNewest(first)
        ? pass(
            `The client refreshed ${refused ? 'after a 401' : 'before the API had refused its session,'} with ${sentToken(first)}.`,
            [first.seq],
          )
        : fail(`The first refresh sent ${sentToken(first)}; the current refresh token was expected.`, [first.seq]);
    }
    const dead = refusedRequests(chain);
    if (dead.length === 0) return undefined;
    const issued = scenario.of('response').some((response) => response.issued?.refreshToken !== undefined);
    if (scenario.codeExchanges.length === 0) {
      return inconclusive(
        'No refresh followed a 401; which tokens the login returned was not recorded here.',
        dead.map(({ seq }) => seq),
      );
    }
    if (!issued) {
      return inconclusive(
        'The login returned no refresh token, because the client did not request the scope refresh_token.',
        dead.map(({ seq }) => seq),
      );
    }
    const again = asksAgain(chain);
    if (again.length > 0) {
      return inconclusive('The client did not refresh; it asked its user to connect again.', again);
    }
    const answered = `${howMany(dead.length, 'API call')} ${dead.length === 1 ? 'was' : 'were'} answered 401 (expired session), and`;
    const evidence = dead.map(({ seq }) => seq);
    const unread = chain.tokenRequests.find(({ request }) => request.method !== 'OPTIONS');
    if (unread === undefined) return fail(`${answered} no refresh followed.`, evidence);
    const { contentType } = unread.facts;
    return fail(
      `${answered} a token request followed that is not a refresh: ${
        contentType === FORM
          ? 'it contained no refresh token'
          : `its Content-Type was ${contentType ?? 'missing'}; ${FORM} was expected`
      }.`,
      [unread.seq, ...evidence],
    );
  },
});
