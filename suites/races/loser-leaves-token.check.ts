import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { succeeded } from '../rtr/refreshes.ts';
import { overlapping, presentations } from './contention.ts';

const check: Check = {
  id: 'RACE-13',
  suite: 'races',
  level: 'MUST',
  title: "A caller that lost the race leaves the winner's token alone",
  failure: "A caller that lost the race destroys the winner's token",
  why: 'The refusal "token request is already being processed" is no end of the connection: the winner holds a good token. A client that logs its user out then throws it away.',
  remedy:
    'Before a failed refresh is taken for the end, read the store again: when the token there is newer than the one that was presented, use it.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['herd-2', 'herd-5', 'herd'],
  untested: 'Let several calls of the client find their session dead at once.',
  shows: ['winner-left-alone'],
  relies: ['refresh-after-401'],
  judge: (scenario) => {
    const part = scenario.phase('herd');
    if (part.refreshes.length === 0) return undefined;
    const races = presentations(part.refreshes).filter((group) => overlapping(group) !== undefined);
    if (races.length === 0) {
      return pass(
        'No race arose, so there was no loser.',
        part.refreshes.map(({ seq }) => seq),
      );
    }
    const winner = races.flat().find(succeeded);
    if (winner === undefined) return undefined;
    const after = scenario.since('herd');
    const again = after.verbs.filter(({ end }) => end?.reauthorize === true || end?.connected === false);
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
        `A refresh won the race and got ${head ?? 'a new token'}; a caller that lost it ${
          revoked.length > 0 ? 'revoked that token' : 'made the client ask for a new login'
        }.`,
        [...evidence, winner.seq],
      );
    }
    const issued = winner.response?.issued;
    const used = [
      ...after.refreshes.filter(({ facts }) => facts.refreshToken?.label === head),
      ...after.resources.filter(({ facts }) => facts.accessToken?.label === issued?.accessToken?.label),
    ];
    return used.length === 0
      ? inconclusive('The race was lost by some callers, and what the winner got was never used.', [winner.seq])
      : pass("The race was lost by some callers, and the winner's token stayed in use.", [
          winner.seq,
          ...used.map(({ seq }) => seq),
        ]);
  },
};
export default check;
