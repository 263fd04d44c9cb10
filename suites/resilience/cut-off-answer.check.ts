import { defineCheck, fail } from '../../src/grade/finding.ts';
import { affected, judgeLostAnswer } from './lost-answer.ts';

const FAULT = 'truncated-body';

export default defineCheck({
  id: 'RES-06',
  suite: 'resilience',
  level: 'SHOULD',
  title: 'A truncated token response is discarded',
  failure: 'A truncated token response is stored, leads to retries, or crashes the client',
  why: 'A truncated response may contain a complete access token but no refresh token. A client that stores it loses the connection when the access token expires, for no visible reason.',
  remedy:
    'Parse the whole body with a JSON parser, and store only what parsed: `const tokens = JSON.parse(await response.text())`. Treat a truncated body like a lost connection.',
  references: ['RFC 9112 §8', 'RFC 6749 §5.1'],
  scenarios: ['lost-answers'],
  untested: 'Let the response to a refresh of the client be truncated.',
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
      return fail(
        'The response to a refresh was truncated, and the client used the access token in it; it was expected to discard the response.',
        [used.seq, cut.seq],
      );
    }
    const strange = part.resources.find(
      ({ facts, begunAt }) => begunAt > cut.endedAt && facts.accessToken !== null && facts.accessToken.family === null,
    );
    if (strange !== undefined) {
      return fail(
        'The response to a refresh was truncated, and the client used a truncated access token; it was expected to discard the response.',
        [strange.seq, cut.seq],
      );
    }
    return judgeLostAnswer(scenario, FAULT, 'The response to a refresh was truncated');
  },
});
