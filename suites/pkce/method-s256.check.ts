import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';

export default defineCheck({
  id: 'PKCE-02',
  suite: 'pkce',
  level: 'MUST',
  title: 'The code_challenge_method is S256',
  failure: 'The code_challenge_method is not exactly S256',
  why: 'The partner rule requires code_challenge_method=S256. Without the parameter RFC 7636 assumes `plain`, which exposes the verifier in the front channel.',
  remedy: 'Send `code_challenge_method=S256`, in exactly this spelling, with every code_challenge.',
  references: ['RFC 7636 §4.3'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  shows: ['s256-used'],
  judge: ({ authorizations }) => {
    if (authorizations.length === 0) return undefined;
    const wrong = authorizations.find(({ facts }) => facts.method !== 'S256');
    if (wrong !== undefined) {
      const { method } = wrong.facts;
      return fail(
        `code_challenge_method was ${method === null ? 'absent' : `"${method}"`}; "S256" was expected.`,
        [wrong.seq],
        {
          diagnosis:
            method === null
              ? 'The parameter is missing. Salesforce accepts that from its own clients; the partner rule does not.'
              : method.toUpperCase() === 'S256'
                ? 'The value is case-sensitive.'
                : 'Salesforce supports S256 only.',
        },
      );
    }
    return pass(
      `${eachOf(authorizations.length, 'authorization request')} carried code_challenge_method=S256.`,
      authorizations.map(({ seq }) => seq),
    );
  },
});
