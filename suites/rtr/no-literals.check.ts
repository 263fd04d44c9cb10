import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'RTR-17',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'The refresh never sends an empty, `null` or `undefined` token',
  failure: 'A refresh sends an empty, `null` or `undefined` token',
  why: 'The text of a missing value means that the token was lost when it was stored or read.',
  remedy: 'Check that you have a refresh token before you refresh; if not, ask the user to connect again.',
  references: ['RFC 6749 §6'],
  scenarios: ['refresh-chain', 'no-new-token', 'rejected'],
  untested: 'Let the client refresh.',
  relies: ['refresh-after-401'],
  judge: ({ refreshes }) => {
    if (refreshes.length === 0) return undefined;
    const bad = refreshes.find(({ facts }) => facts.refreshToken === null || facts.refreshToken.literal !== undefined);
    if (bad === undefined)
      return pass(
        'Every refresh sent a token.',
        refreshes.map(({ seq }) => seq),
      );
    const literal = bad.facts.refreshToken?.literal;
    return fail(
      `A refresh ${literal === undefined ? 'had no refresh_token' : literal === 'empty' ? 'had an empty refresh_token' : `sent the text "${literal}"`}; a refresh token was expected.`,
      [bad.seq],
    );
  },
});
