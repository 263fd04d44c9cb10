import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { asksAgain, refusedRequests, presented } from './refreshes.ts';

const FORM = 'application/x-www-form-urlencoded';

const check: Check = {
  id: 'RTR-01',
  suite: 'rtr',
  level: 'MUST',
  title: 'A dead session makes the client refresh',
  failure: 'A dead session does not make the client refresh',
  why: 'Salesforce sends no expires_in: a session ends with 401 INVALID_SESSION_ID. A client that never refreshes has not shown that it copes with rotation.',
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
      if (method !== 'POST' && (first.response?.status ?? 0) >= 400) {
        return fail(`The first refresh was a ${method}, which was refused; a POST was expected.`, [first.seq]);
      }
      return first.facts.refreshToken?.head === true
        ? pass(`The client refreshed with ${presented(first)}.`, [first.seq])
        : fail(`The first refresh presented ${presented(first)}; the current refresh token was expected.`, [first.seq]);
    }
    const dead = refusedRequests(chain);
    if (dead.length === 0) return undefined;
    const issued = scenario.of('response').some((response) => response.issued?.refreshToken !== undefined);
    if (scenario.codeExchanges.length === 0) {
      return inconclusive(
        'The session was dead and no refresh followed; which tokens the login gave was not recorded here.',
        dead.map(({ seq }) => seq),
      );
    }
    if (!issued) {
      return inconclusive(
        'The client was given no refresh token, because it did not ask for the scope refresh_token.',
        dead.map(({ seq }) => seq),
      );
    }
    const again = asksAgain(chain);
    if (again.length > 0) {
      return inconclusive('The client did not refresh; it asks its user to connect again.', again);
    }
    const told = `${String(dead.length)} API calls were answered that the session is dead, and`;
    const evidence = dead.map(({ seq }) => seq);
    const unread = chain.tokenRequests.find(({ request }) => request.method !== 'OPTIONS');
    if (unread === undefined) return fail(`${told} no refresh followed.`, evidence);
    const { contentType } = unread.facts;
    return fail(
      `${told} a token request followed that is no refresh: ${
        contentType === FORM
          ? 'it held no refresh token'
          : `its body was ${contentType ?? 'of no declared type'}; ${FORM} was expected`
      }.`,
      [unread.seq, ...evidence],
    );
  },
};
export default check;
