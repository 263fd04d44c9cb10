import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import type { AuthorizationFacts } from '../../src/history/facts.ts';
import { attemptOf } from '../authorization-request/attempt.ts';

/** In both the server objects to the PKCE parameters, although they were right. */
const PHASES = ['challenge-missing', 'method-refused'];

const check: Check = {
  id: 'PKCE-13',
  suite: 'pkce',
  level: 'SHOULD',
  title: 'An error about PKCE does not make the client leave it out',
  failure: 'After an error about PKCE the client tries again without it, or with `plain`',
  why: 'Whoever can forge an error could switch PKCE off. RFC 7636 lets no client fall back from S256.',
  remedy:
    'Report the error and stop. Keep no path that builds an authorization request without `code_challenge` and `code_challenge_method=S256`.',
  references: ['RFC 7636 §7.2', 'RFC 9700 §4.8'],
  scenarios: ['errors'],
  untested: 'Let a login come to a callback with `error=invalid_request` "missing required code challenge".',
  relies: ['challenge-sent', 's256-used'],
  judge: (scenario) => {
    const asked = PHASES.flatMap((phase) => attemptOf(scenario, phase) ?? [])
      .filter(({ callbacks }) => callbacks.some(({ error }) => error !== undefined))
      .flatMap(({ authorization }) => authorization ?? [])
      .find(({ facts }) => !isWeak(facts));
    if (asked === undefined) return undefined;
    // The honest login at the end counts too: a client may remember that it has given PKCE up.
    const later = scenario.authorizations.filter(({ seq }) => seq > asked.seq);
    const weaker = later.find(({ facts }) => isWeak(facts));
    if (weaker !== undefined) {
      const { challenge, method } = weaker.facts;
      return fail(
        `After the server had objected to PKCE an authorization request came ${challenge === null ? 'without a code_challenge' : `with code_challenge_method ${method ?? 'absent'}`}; S256 was expected.`,
        [weaker.seq, asked.seq],
      );
    }
    return pass(
      'After the server had objected to PKCE every authorization request still carried an S256 challenge.',
      [asked, ...later].map(({ seq }) => seq),
    );
  },
};
export default check;

const isWeak = ({ challenge, method }: AuthorizationFacts): boolean => challenge === null || method !== 'S256';
