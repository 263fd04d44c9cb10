import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { asked } from './aftermath.ts';

export default defineCheck({
  id: 'ERR-10',
  suite: 'error-handling',
  level: 'INFO',
  title: 'A 403 or 404 of the API does not trigger a refresh',
  failure: 'A 403 or 404 of the API triggers a refresh',
  why: 'A missing permission or record has nothing to do with the session. Each such refresh costs a rotation and is one more chance to lose the token.',
  remedy:
    'Refresh only on 401 INVALID_SESSION_ID (on the identity URL: 403 Bad_OAuth_Token). Read the error code, not only the status.',
  references: ['RFC 6750 §3.1'],
  scenarios: ['resource-errors'],
  untested: 'Let the API answer 403 and 404 to calls of the client.',
  judge: (scenario) => {
    const denied = ['forbidden', 'not-found'].flatMap((phase) => {
      const part = scenario.phase(phase);
      const first = part.resources.find(({ response }) => response?.fault === phase);
      if (first === undefined) return [];
      return [
        { first, refreshes: part.refreshes.filter(({ begunAt }) => begunAt >= first.endedAt && asked(part, begunAt)) },
      ];
    });
    if (denied.length === 0) return undefined;
    const bad = denied.find(({ refreshes }) => refreshes.length > 0);
    return bad === undefined
      ? pass(
          'Neither a 403 nor a 404 triggered a refresh.',
          denied.map(({ first }) => first.seq),
        )
      : fail(
          `A call was answered ${String(bad.first.response?.status ?? 0)}, and the client refreshed although its access token was valid; no refresh was expected.`,
          [...bad.refreshes.map(({ seq }) => seq), bad.first.seq],
        );
  },
});
