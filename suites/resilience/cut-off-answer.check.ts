import type { Check } from '../../src/grade/check.ts';
import { fail } from '../../src/grade/finding.ts';
import { affected, judgeLostAnswer } from './lost-answer.ts';

const FAULT = 'truncated-body';

const check: Check = {
  id: 'RES-06',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'An answer that breaks off in the middle is no answer',
  failure: 'An answer that breaks off in the middle is stored, repeated, or brings the client down',
  why: 'Half an answer may hold a whole access token and no refresh token. A client that stores it loses the connection when the access token ends, and nobody knows why.',
  remedy:
    'Parse the whole body with a JSON parser, and store only what parsed: `const tokens = JSON.parse(await response.text())`. Treat a body that breaks off like a lost connection.',
  references: ['RFC 9112 §8', 'RFC 6749 §5.1'],
  scenarios: ['lost-answers'],
  untested: 'Let the answer to a refresh of the client break off in the middle.',
  relies: [
    'refresh-after-401',
    'rejection-handled',
    'refreshes-after-failure',
    'login-recovers',
    'chain-kept',
    'refresh-survived',
  ],
  judge: (scenario) => {
    const cut = scenario.phase(FAULT).refreshes.find(({ response }) => response?.fault === FAULT);
    if (cut === undefined) return undefined;
    const part = affected(scenario, FAULT);
    const { family, generation = 0 } = cut.response?.issued ?? {};
    const used = part.resources.find(
      ({ facts, begunAt }) =>
        begunAt > cut.endedAt &&
        facts.accessToken?.family === family &&
        facts.accessToken !== null &&
        facts.accessToken.generation >= generation,
    );
    if (used !== undefined) {
      return fail('The answer to a refresh broke off in the middle, and the client used the access token in it.', [
        used.seq,
        cut.seq,
      ]);
    }
    const strange = part.resources.find(
      ({ facts, begunAt }) => begunAt > cut.endedAt && facts.accessToken !== null && facts.accessToken.family === null,
    );
    if (strange !== undefined) {
      return fail(
        'The answer to a refresh broke off in the middle, and the client used an access token that was never given whole.',
        [strange.seq, cut.seq],
      );
    }
    return judgeLostAnswer(scenario, FAULT, 'The answer to a refresh broke off in the middle');
  },
};
export default check;
