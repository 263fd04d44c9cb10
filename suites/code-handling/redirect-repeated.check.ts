import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'CODE-02',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'The token request repeats the redirect_uri of its authorization request',
  failure: 'The token request has another redirect_uri than its authorization request, or none',
  why: 'The server compares the two; when they differ it refuses the code, because it may have been sent to somebody else.',
  remedy:
    'Keep the redirect_uri of each login with its state, port included, and send the same text in both requests: `redirect_uri: login.redirectUri`.',
  references: ['RFC 6749 §4.1.3'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login come to its token request.',
  judge: ({ codeExchanges }) => {
    const known = codeExchanges.flatMap(({ seq, facts: { code, redirect } }) =>
      typeof code?.login === 'number' ? [{ seq, redirect, login: code.login }] : [],
    );
    if (known.length === 0) return undefined;
    const wrong = known.find(({ redirect }) => redirect !== 'same');
    return wrong === undefined
      ? pass(
          `Each of ${String(known.length)} token requests repeated the redirect_uri of its login.`,
          known.map(({ seq }) => seq),
        )
      : fail(
          `A token request ${wrong.redirect === 'absent' ? 'had no redirect_uri' : 'had another redirect_uri'}; that of its authorization request was expected.`,
          [wrong.seq, wrong.login],
        );
  },
};
export default check;
