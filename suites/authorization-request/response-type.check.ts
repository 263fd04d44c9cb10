import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';

export default defineCheck({
  id: 'AZ-01',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'The authorization request uses response_type=code',
  failure: 'The authorization request does not use response_type=code',
  why: 'PKCE and rotation protect the code flow only. `response_type=token` puts the access token into a URL, where it leaks.',
  remedy: 'Request a code and nothing else: `…/authorize?response_type=code&client_id=…`.',
  references: ['RFC 9700 §2.1.2', 'RFC 6749 §4.1.1'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const wrong = authorizations.find(({ facts }) => facts.responseType !== 'code');
    if (wrong === undefined) {
      return pass(
        `${eachOf(authorizations.length, 'authorization request')} used response_type=code.`,
        authorizations.map(({ seq }) => seq),
      );
    }
    const { responseType } = wrong.facts;
    return fail(
      `response_type was ${responseType === null ? 'absent' : `"${responseType}"`}; "code" was expected.`,
      [wrong.seq],
      responseType?.split(' ').includes('token') === true
        ? {
            diagnosis:
              'This is the implicit or a hybrid flow: no code_verifier can protect the tokens in the response.',
          }
        : {},
    );
  },
});
