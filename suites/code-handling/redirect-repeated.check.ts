import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { unmatchedLogin } from '../pkce/verifiers.ts';
import { eachOf } from '../counted.ts';

export default defineCheck({
  id: 'CODE-02',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'The token request repeats the redirect_uri of its authorization request',
  failure: 'The redirect_uri of the token request differs from its authorization request, or is missing',
  why: 'The server compares the two. When they differ it refuses the code, because it may have been sent to another client.',
  remedy:
    'Store the redirect_uri of each login with its state, port included, and send the same value in both requests: `redirect_uri: login.redirectUri`.',
  references: ['RFC 6749 §4.1.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login reach its token request.',
  judge: (scenario) => {
    const { codeExchanges } = scenario;
    const known = codeExchanges.flatMap(({ seq, facts: { code, redirect } }) =>
      typeof code?.login === 'number' ? [{ seq, redirect, login: code.login }] : [],
    );
    if (known.length === 0) return unmatchedLogin(scenario);
    const wrong = known.find(({ redirect }) => redirect !== 'same');
    return wrong === undefined
      ? pass(
          `${eachOf(known.length, 'code exchange')} repeated the redirect_uri of its login.`,
          known.map(({ seq }) => seq),
        )
      : fail(
          `A code exchange carried ${wrong.redirect === 'absent' ? 'no redirect_uri' : 'another redirect_uri'}; that of its authorization request was expected.`,
          [wrong.seq, wrong.login],
        );
  },
});
