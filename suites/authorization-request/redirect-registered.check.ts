import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { eachOf } from '../counted.ts';

export default defineCheck({
  id: 'AZ-02',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'The redirect_uri matches a registered one exactly',
  failure: 'The redirect_uri is not registered',
  why: 'The server compares every character; only the port of a loopback address may differ. Another path, a query or a trailing slash makes the login fail.',
  remedy:
    'Send exactly the callback URL of the app, as in `SF_REDIRECT_URI`; put data of the login into `state`, not into the redirect URI.',
  references: ['RFC 9700 §2.1', 'RFC 8252 §7.3'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login that sends the browser to `SF_LOGIN_URL`/services/oauth2/authorize.',
  judge: ({ authorizations }, { app }) => {
    if (authorizations.length === 0) return undefined;
    const wrong = authorizations.find(({ facts }) => facts.redirect === 'mismatch' || facts.redirect === 'absent');
    if (wrong === undefined) {
      return pass(
        `${eachOf(authorizations.length, 'authorization request')} carried a registered redirect_uri.`,
        authorizations.map(({ seq }) => seq),
      );
    }
    const sent = wrong.request.query.find(({ name }) => name === 'redirect_uri')?.value;
    return fail(
      wrong.facts.redirect === 'absent'
        ? 'The authorization request carried no redirect_uri; a registered one was expected.'
        : `The redirect_uri was ${sent ?? 'another one'}; one of ${app.redirectUris.join(', ')} was expected.`,
      [wrong.seq],
    );
  },
});
