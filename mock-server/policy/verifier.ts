import { denial, verifierSituation } from '../salesforce/denial.ts';
import type { TokenRule } from './rule.ts';

/** Requires that a code exchange carries the code_verifier (RFC 7636 §4.5). */
export const verifierPresent: TokenRule = ({ grantType, verifier }, { mode, switches }) => {
  if (grantType !== 'authorization_code' || mode === 'observing' || verifier !== null) return undefined;
  return denial('missing-verifier', verifierSituation(switches.missingVerifier), { ground: 'SF-PKCE-TOKEN' });
};

/** Requires 43 to 128 unreserved characters (RFC 7636 §4.1). Salesforce also accepts the 171 of its own SDKs. */
export const verifierForm: TokenRule = ({ grantType, verifier }, { mode, switches }) => {
  if (grantType !== 'authorization_code' || mode === 'observing' || verifier === null) return undefined;
  if (switches.refuseTilde && verifier.tilde) return denial('tilde-in-verifier', 'code-verifier');
  if (mode === 'salesforce' && verifier.length >= switches.shortestVerifier) return undefined;
  if (mode === 'strict' && verifier.unreserved && verifier.length >= 43 && verifier.length <= 128) return undefined;
  return denial('malformed-verifier', 'code-verifier', { ground: 'SF-PKCE-VERIFIER' });
};
