/** Reads the code exchanges of a scenario that carried a verifier. */
import type { Finding } from '../../src/grade/check.ts';
import { inconclusive } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import type { TokenFacts, VerifierFacts } from '../../src/history/facts.ts';
import { challenged, type Challenged } from './challenges.ts';

/** A code exchange with a `code_verifier`, as the PKCE checks read it. */
export interface VerifierUse {
  /** Event number of the token request. */
  readonly seq: number;
  readonly verifier: VerifierFacts;
  readonly facts: TokenFacts;
  /** Event number of the authorization request whose code it carries; null when the mock did not issue the code. */
  readonly login: number | null;
}

/** Returns the code exchanges with a verifier, in order of arrival; those with an empty verifier are left out. */
export function verifierUses({ codeExchanges }: ScenarioHistory): readonly VerifierUse[] {
  return codeExchanges.flatMap(({ seq, facts }) => {
    const { verifier, code } = facts;
    return verifier === null || verifier.length === 0 ? [] : [{ seq, verifier, facts, login: code?.login ?? null }];
  });
}

/** Returns the code exchanges with a verifier whose login carried a challenge, each with that challenge; only of logins in `part`. */
export function challengedUses(
  scenario: ScenarioHistory,
  part = scenario,
): readonly (Omit<VerifierUse, 'login'> & { readonly login: Challenged })[] {
  const logins = new Map<number | null, Challenged>(challenged(part.authorizations).map((login) => [login.seq, login]));
  return verifierUses(scenario).flatMap((use) => {
    const login = logins.get(use.login);
    return login === undefined ? [] : [{ ...use, login }];
  });
}

/** Returns one code exchange for each code: a code that is sent twice is one login. */
export function verifiersOfLogins(scenario: ScenarioHistory): readonly VerifierUse[] {
  const seen = new Set<string>();
  return verifierUses(scenario).filter(({ facts }) => {
    const code = facts.code?.label ?? '';
    if (seen.has(code)) return false;
    seen.add(code);
    return true;
  });
}

/** Returns the finding for a code of a real org whose login is unknown, because several logins were open and no challenge identified the
 * right one; undefined when there is no such code. */
export function unmatchedLogin({ codeExchanges }: ScenarioHistory): Finding | undefined {
  const unmatched = codeExchanges.find(({ facts }) => (facts.code?.openLogins ?? 0) > 1);
  if (unmatched === undefined) return undefined;
  const open = String(unmatched.facts.code?.openLogins);
  return inconclusive(
    `A token request belongs to one of ${open} logins that were open; its code_verifier is the one of none of them, so which is not known.`,
    [unmatched.seq],
  );
}
