import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'AZ-01',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'The authorization request asks for a code',
  failure: 'The authorization request asks for something else than a code',
  why: 'PKCE and rotation protect the code flow only. `response_type=token` puts the access token into a URL, where it leaks.',
  remedy: 'Ask for a code and nothing else: `…/authorize?response_type=code&client_id=…`.',
  references: ['RFC 9700 §2.1.2', 'RFC 6749 §4.1.1'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const wrong = authorizations.find(({ facts }) => facts.responseType !== 'code');
    if (wrong === undefined) {
      return pass(
        `Each of ${String(authorizations.length)} authorization requests asked for a code.`,
        authorizations.map(({ seq }) => seq),
      );
    }
    const { responseType } = wrong.facts;
    return fail(
      `response_type was ${responseType === null ? 'absent' : `"${responseType}"`}; "code" was expected.`,
      [wrong.seq],
      responseType?.split(' ').includes('token') === true
        ? { diagnosis: 'It is the implicit flow, or a mix with it: no code_verifier can protect what comes back.' }
        : {},
    );
  },
};
export default check;
