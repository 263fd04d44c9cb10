import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import type { AuthorizationFacts } from '../../src/history/facts.ts';
import { attemptOf } from '../authorization-request/attempt.ts';

/** In both phases the server rejects the PKCE parameters although they are valid. */
const PHASES = ['challenge-missing', 'method-refused'];

export default defineCheck({
  id: 'PKCE-13',
  suite: 'pkce',
  level: 'SHOULD',
  title: 'The client does not fall back to a login without PKCE after an error',
  failure: 'After an error about PKCE the client tries again without PKCE, or with `plain`',
  why: 'Otherwise an attacker who can forge an error could switch PKCE off. RFC 7636 forbids a client to fall back from S256.',
  remedy:
    'Report the error and stop. Remove every code path that builds an authorization request without `code_challenge` and `code_challenge_method=S256`.',
  references: ['RFC 7636 §7.2', 'RFC 9700 §4.8'],
  scenarios: ['errors'],
  untested: 'Let a login reach a callback with `error=invalid_request` "missing required code challenge".',
  relies: ['challenge-sent', 's256-used'],
  judge: (scenario) => {
    const asked = PHASES.flatMap((phase) => attemptOf(scenario, phase) ?? [])
      .filter(({ callbacks }) => callbacks.some(({ error }) => error !== undefined))
      .flatMap(({ authorization }) => authorization ?? [])
      .find(({ facts }) => !isWeak(facts));
    if (asked === undefined) return undefined;
    // The undisturbed login at the end counts too: a client may remember to go on without PKCE.
    const later = scenario.authorizations.filter(({ seq }) => seq > asked.seq);
    const weaker = later.find(({ facts }) => isWeak(facts));
    if (weaker !== undefined) {
      const { challenge, method } = weaker.facts;
      return fail(
        `After an error about PKCE the client sent an authorization request ${challenge === null ? 'without a code_challenge' : `with code_challenge_method ${method ?? 'absent'}`}; S256 was expected.`,
        [weaker.seq, asked.seq],
      );
    }
    return pass(
      'After an error about PKCE every authorization request still carried an S256 challenge.',
      [asked, ...later].map(({ seq }) => seq),
    );
  },
});

const isWeak = ({ challenge, method }: AuthorizationFacts): boolean => challenge === null || method !== 'S256';
