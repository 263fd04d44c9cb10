import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { succeeded } from '../rtr/refreshes.ts';
import { overlapping, byRefreshToken } from './contention.ts';

/** A web application may keep tokens in the session's cookie; then a request cannot read what another request has stored. */
const FOR_COOKIES =
  'When a refresh is refused, look for a newer token first and use it. If the tokens are in a cookie, a request sees only the copy that it came with, and its answer overwrites the cookie of the others: keep the tokens on the server under the id of the session, or share one refresh among all requests that came with the same refresh token. Do not clear the cookie because of a refusal.';

export default defineCheck({
  id: 'RACE-13',
  suite: 'races',
  level: 'MUST',
  title: "A refused concurrent refresh leaves the winner's token in place",
  failure: "A refused concurrent refresh discards the winner's token",
  why: 'The error "token request is already being processed" does not end the connection: the request that won the race has received a valid token. A client that logs its user out throws that token away.',
  remedy:
    'When a refresh is refused, read the store again first: if the token there is newer than the one that was sent, use it.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let several concurrent calls of the client get a 401 (expired session).',
  shows: ['winner-left-alone'],
  relies: ['refresh-after-401'],
  judge: (scenario, { run }) => {
    const part = scenario.phase('herd');
    if (part.refreshes.length === 0) return undefined;
    const races = byRefreshToken(part.refreshes).filter((group) => overlapping(group) !== undefined);
    if (races.length === 0) {
      return pass(
        'No two refreshes overlapped, so none was refused.',
        part.refreshes.map(({ seq }) => seq),
      );
    }
    const winner = races.flat().find(succeeded);
    if (winner === undefined) return undefined;
    const after = scenario.since('herd');
    const again = after.actions.filter(({ end }) => end?.reauthorize === true || end?.connected === false);
    const logins = after.authorizations.filter(({ begunAt }) => begunAt > winner.begunAt);
    const head = winner.response?.issued?.refreshToken?.label;
    const revoked = after.revocations.filter(({ facts }) => facts.refreshToken?.label === head);
    const evidence = [
      ...again.map(({ end, seq }) => end?.seq ?? seq),
      ...logins.map(({ seq }) => seq),
      ...revoked.map(({ seq }) => seq),
    ];
    if (evidence.length > 0) {
      return fail(
        `One of the concurrent refreshes returned ${head ?? 'a new token'}; after another one was refused, the client ${
          revoked.length > 0 ? 'revoked that token' : 'asked for a new login'
        }.`,
        [...evidence, winner.seq],
        { remedy: run.driver === 'http' || run.driver === 'browser' ? FOR_COOKIES : undefined },
      );
    }
    const issued = winner.response?.issued;
    const used = [
      ...after.refreshes.filter(({ facts }) => facts.refreshToken?.label === head),
      ...after.resources.filter(({ facts }) => facts.accessToken?.label === issued?.accessToken?.label),
    ];
    return used.length === 0
      ? inconclusive('Concurrent refreshes were refused, and the token of the successful one was never used.', [
          winner.seq,
        ])
      : pass('Concurrent refreshes were refused, and the token of the successful one stayed in use.', [
          winner.seq,
          ...used.map(({ seq }) => seq),
        ]);
  },
});
