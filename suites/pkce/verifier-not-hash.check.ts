import type { Check } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import { verifierUses } from './verifiers.ts';

const check: Check = {
  id: 'PKCE-08',
  suite: 'pkce',
  level: 'MUST',
  title: 'The token request carries the original verifier, not its hash',
  failure: 'The code_verifier is the code_challenge',
  why: 'The challenge stood in the front channel. Whoever saw it could redeem the code if it served as verifier, and S256 servers refuse it.',
  remedy: 'Keep the original random text and send that as code_verifier; send its hash only as code_challenge.',
  references: ['RFC 7636 §4.5'],
  scenarios: ['login', 'logins'],
  untested: 'Let a login with a code_challenge come to a token request with a code_verifier.',
  blockers: ['PKCE-01', 'PKCE-04'],
  judge: (scenario) => {
    const uses = verifierUses(scenario).filter(({ facts }) =>
      scenario.authorizations.some(({ seq, facts: own }) => seq === facts.code?.login && own.challenge !== null),
    );
    if (uses.length === 0) return undefined;
    const same = uses.find(({ verifier }) => verifier.equalsChallenge);
    const plain = scenario.authorizations.find(({ facts }) => facts.method === 'plain');
    if (same !== undefined && plain !== undefined) {
      return inconclusive('With the method "plain" verifier and challenge are the same by definition.', [plain.seq], {
        blockedBy: 'PKCE-02',
      });
    }
    if (same !== undefined) {
      return fail(
        'The code_verifier was the code_challenge of its login, character for character; the original verifier was expected.',
        [same.seq, same.facts.code?.login ?? 0],
      );
    }
    return pass(
      `None of ${String(uses.length)} verifiers was the challenge itself.`,
      uses.map(({ seq }) => seq),
    );
  },
};
export default check;
