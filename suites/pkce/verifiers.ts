/** The code exchanges of a scenario that carried a verifier. */
import type { ScenarioHistory } from '../../src/history/query.ts';
import type { TokenFacts, VerifierFacts } from '../../src/history/facts.ts';

export interface VerifierUse {
  /** Event number of the token request. */
  readonly seq: number;
  readonly verifier: VerifierFacts;
  readonly facts: TokenFacts;
}

/** In order of arrival; empty verifiers are left out. */
export function verifierUses({ codeExchanges }: ScenarioHistory): readonly VerifierUse[] {
  return codeExchanges.flatMap(({ seq, facts }) =>
    facts.verifier === null || facts.verifier.length === 0 ? [] : [{ seq, verifier: facts.verifier, facts }],
  );
}

/** One use for each code: a code that is sent twice with its verifier is one login. */
export function verifiersOfLogins(scenario: ScenarioHistory): readonly VerifierUse[] {
  const seen = new Set<string>();
  return verifierUses(scenario).filter(({ facts }) => {
    const code = facts.code?.label ?? '';
    if (seen.has(code)) return false;
    seen.add(code);
    return true;
  });
}
