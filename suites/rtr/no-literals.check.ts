import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';

const check: Check = {
  id: 'RTR-17',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A refresh presents a token, not the leftover of a missing one',
  failure: 'A refresh presents "undefined", "null" or nothing',
  why: 'The literal text of a missing value means that a token was lost on the way to the store or back.',
  remedy: 'Check that there is a refresh token before refreshing; when there is none, ask the user to connect again.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain', 'no-new-token', 'rejected'],
  untested: 'Let the client refresh.',
  relies: ['refresh-after-401'],
  judge: ({ refreshes }) => {
    if (refreshes.length === 0) return undefined;
    const bad = refreshes.find(({ facts }) => facts.refreshToken === null || facts.refreshToken.literal !== undefined);
    if (bad === undefined)
      return pass(
        'Every refresh presented a token.',
        refreshes.map(({ seq }) => seq),
      );
    const literal = bad.facts.refreshToken?.literal;
    return fail(
      `A refresh ${literal === undefined ? 'had no refresh_token' : literal === 'empty' ? 'had an empty refresh_token' : `presented the text "${literal}"`}.`,
      [bad.seq],
    );
  },
};
export default check;
