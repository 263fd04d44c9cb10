/** Applies the rules in order; the first denial counts. */
import type { AuthorizationFacts, TokenFacts } from '../../src/history/facts.ts';
import type { Denial } from '../salesforce/denial.ts';
import { challengeForm, challengeMethod, challengePresent } from './challenge.ts';
import { knownClientAsks, knownClientAuthorizes } from './known-client.ts';
import { knownScope, scopesDefined } from './known-scope.ts';
import { httpsOnly, noOutOfBand } from './transport-rules.ts';
import { redirectMatches } from './redirect-matches.ts';
import { noScopeOnRefresh } from './refresh-scope.ts';
import { responseTypeIsCode } from './response-type.ts';
import type { AuthorizationRule, Circumstances, TokenRule } from './rule.ts';
import { noSecretFromPublic } from './secret-from-public.ts';
import { secretOfConfidential } from './secret-of-confidential.ts';
import { verifierForm, verifierPresent } from './verifier.ts';

const AUTHORIZATION: readonly AuthorizationRule[] = [
  httpsOnly,
  knownClientAuthorizes,
  noOutOfBand,
  redirectMatches,
  responseTypeIsCode,
  challengePresent,
  challengeMethod,
  challengeForm,
  knownScope,
];

const TOKEN: readonly TokenRule[] = [
  knownClientAsks,
  noSecretFromPublic,
  secretOfConfidential,
  verifierPresent,
  verifierForm,
  noScopeOnRefresh,
  scopesDefined,
];

/** Returns the denial of an authorization request that breaks the policy; undefined when it breaks none. */
export function judgeAuthorization(facts: AuthorizationFacts, about: Circumstances): Denial | undefined {
  for (const rule of AUTHORIZATION) {
    const denied = rule(facts, about);
    if (denied !== undefined) return denied;
  }
  return undefined;
}

/** Returns the denial of a token request that breaks the policy; undefined when it breaks none. */
export function judgeToken(facts: TokenFacts, about: Circumstances): Denial | undefined {
  for (const rule of TOKEN) {
    const denied = rule(facts, about);
    if (denied !== undefined) return denied;
  }
  return undefined;
}
