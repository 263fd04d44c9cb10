import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { carried } from '../token-hygiene/carried.ts';

/** Target of the redirects, on another host name. */
const TARGET = '/services/oauth2/elsewhere';
const SECRETS = ['RT', 'AT', 'CODE', 'VERIFIER', 'SECRET'];

export default defineCheck({
  id: 'RES-10',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'Credentials do not follow a redirect of the token endpoint to another origin',
  failure: 'Credentials follow a redirect of the token endpoint to another origin',
  why: 'After a 307 many libraries send the whole form to the target of the redirect, including refresh token, code, verifier and secret.',
  remedy:
    'Do not follow redirects of the token endpoint: `fetch(url, { redirect: "manual" })`, and treat 3xx as an error.',
  references: ['RFC 9700 §4.12'],
  scenarios: ['redirected'],
  untested: 'Let the token endpoint answer a token request of the client with a redirect to another origin.',
  judge: (scenario) => {
    const sent = scenario.tokenRequests.filter(({ response }) => response?.fault === 'redirect-elsewhere');
    const [first] = sent;
    if (first === undefined) return undefined;
    const followed = scenario.exchanges.filter(({ request }) => request.path.startsWith(TARGET));
    const bad = followed.find((one) => carried(one, SECRETS).length > 0);
    if (bad !== undefined) {
      return fail(
        `After a ${String(first.response?.status ?? 307)} of the token endpoint the client sent ${carried(bad, SECRETS).join(', ')} to another origin; no credentials were expected there.`,
        [bad.seq, first.seq],
      );
    }
    return pass(
      followed.length === 0
        ? 'Redirects of the token endpoint were not followed.'
        : 'Redirects of the token endpoint were followed without credentials.',
      [...sent, ...followed].map(({ seq }) => seq),
    );
  },
});
