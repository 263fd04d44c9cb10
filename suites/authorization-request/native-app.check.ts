import type { RunFacts } from '../../src/grade/check.ts';
import { defineCheck, fail, pass, skip } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'AZ-10',
  suite: 'authorization-request',
  level: 'SHOULD',
  title: 'A native app uses the system browser and a loopback IP address',
  failure: 'A native app uses an embedded browser, or the name localhost',
  why: 'The name localhost may resolve to another address, and a listener on it may be reachable from the network. An embedded browser can read what the user types.',
  remedy:
    'Listen on 127.0.0.1 (or [::1]) and send `redirect_uri=http://127.0.0.1:PORT/callback`; open the URL in the system browser.',
  references: ['RFC 8252 §7.3', 'RFC 8252 §8.3', 'RFC 8252 §8.12'],
  scenarios: ['login', 'logins'],
  untested: 'Start a login of a native app.',
  skip: notNative,
  judge: ({ authorizations }, { run }) => {
    if (authorizations.length === 0) return undefined;
    // The browser of a manual user does not show in the client's requests.
    const unseen = run.driver === 'manual' || run.upstream === true;
    const inside = unseen ? undefined : authorizations.find(({ request }) => !request.browser);
    if (inside !== undefined) {
      return fail('The client itself requested the authorization endpoint; the system browser was expected to do so.', [
        inside.seq,
      ]);
    }
    const uris = authorizations.flatMap(({ seq, request }) => {
      const uri = request.query.find(({ name }) => name === 'redirect_uri')?.value;
      return uri === undefined ? [] : [{ seq, uri }];
    });
    const evidence = uris.map(({ seq }) => seq);
    const named = uris.find(({ uri }) => /^http:\/\/([^/?#:]+\.)?localhost(?=[:/?#]|$)/iu.test(uri));
    if (named !== undefined) {
      return fail(`The redirect_uri was ${named.uri}; the literal address 127.0.0.1 or [::1] was expected.`, [
        named.seq,
      ]);
    }
    if (uris.length > 0 && uris.every(({ uri }) => uri.startsWith('https:'))) {
      return skip('The redirect_uri uses https: nothing listens on a loopback address.', evidence);
    }
    return pass(
      unseen
        ? 'No redirect_uri used the name localhost. Which browser opened the URL cannot be seen here.'
        : 'The URL was opened in a browser outside of the app, and no redirect_uri used the name localhost.',
      authorizations.map(({ seq }) => seq),
    );
  },
});

/** RFC 8252 applies to native apps: public clients that are not driven as web pages. */
function notNative({ app, run }: RunFacts): string | undefined {
  if (app.client === 'confidential') return 'The client is confidential and therefore not a native app.';
  return run.driver === 'http' || run.driver === 'browser' ? 'The client is a web application.' : undefined;
}
