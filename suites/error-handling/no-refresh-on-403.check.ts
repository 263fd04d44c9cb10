import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { asked } from './aftermath.ts';

const check: Check = {
  id: 'ERR-10',
  suite: 'error-handling',
  level: 'INFO',
  title: '403 and 404 of the API lead to no refresh',
  failure: 'A 403 or 404 of the API leads to a refresh',
  why: 'A missing right or record has nothing to do with the session; each such refresh uses up a rotation, and is one more chance to lose the token.',
  remedy:
    'Refresh on 401 INVALID_SESSION_ID (on the identity URL on 403 Bad_OAuth_Token) only: read the error code, not the status alone.',
  references: ['RFC 6750 §3.1'],
  scenarios: ['resource-errors'],
  untested: 'Let the API answer 403 and 404 to calls of the client.',
  judge: (scenario) => {
    const told = ['forbidden', 'not-found'].flatMap((phase) => {
      const part = scenario.phase(phase);
      const first = part.resources.find(({ response }) => response?.fault === phase);
      if (first === undefined) return [];
      return [
        { first, refreshes: part.refreshes.filter(({ begunAt }) => begunAt >= first.endedAt && asked(part, begunAt)) },
      ];
    });
    if (told.length === 0) return undefined;
    const bad = told.find(({ refreshes }) => refreshes.length > 0);
    return bad === undefined
      ? pass(
          'Neither 403 nor 404 led to a refresh.',
          told.map(({ first }) => first.seq),
        )
      : fail(
          `A call was answered ${String(bad.first.response?.status ?? 0)}, and the client refreshed; the session was alive.`,
          [...bad.refreshes.map(({ seq }) => seq), bad.first.seq],
        );
  },
};
export default check;
