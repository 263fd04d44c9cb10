import { denial } from '../salesforce/denial.ts';
import type { AuthorizationRule } from './rule.ts';

/** Requires a code_challenge (RFC 7636 §4.3). The app requires PKCE, so Salesforce refuses its absence too. */
export const challengePresent: AuthorizationRule = ({ challenge, responseType }, { mode, switches }) => {
  if (mode === 'observing' || (challenge !== null && challenge.length > 0)) return undefined;
  // The user-agent flow has no PKCE.
  if (mode === 'salesforce' && responseType !== 'code') return undefined;
  switch (switches.missingChallenge) {
    case 'redirect':
      return denial('missing-challenge', 'missing-challenge', { redirect: true, ground: 'SF-PKCE-AUTHORIZE' });
    case 'approval':
      return denial('missing-challenge', 'approval-stage', { redirect: true, ground: 'SF-PKCE-AUTHORIZE' });
    case 'error-page':
      return {
        rule: 'missing-challenge',
        ground: 'SF-PKCE-AUTHORIZE',
        status: 500,
        error: 'server_error',
        errorDescription: 'internal server error',
      };
    case 'text':
      return { ...denial('missing-challenge', 'missing-challenge', { ground: 'SF-PKCE-AUTHORIZE' }), bare: true };
  }
};

/** Requires that `code_challenge_method` is exactly S256. Salesforce treats its absence as S256. */
export const challengeMethod: AuthorizationRule = ({ method, challenge }, { mode, switches }) => {
  if (mode === 'salesforce' && challenge === null) return undefined;
  if (mode === 'observing' || method === 'S256') return undefined;
  if (mode === 'salesforce' && method === null && switches.missingMethod !== 'refused') return undefined;
  if (mode === 'salesforce' && method === 'plain' && switches.plainMethod === 'token') return undefined;
  const approval = method === 'plain' && switches.plainMethod === 'approval';
  return denial('challenge-method', approval ? 'approval-stage' : 'challenge-method', {
    redirect: true,
    ground: 'SF-PKCE-AUTHORIZE',
  });
};

/** Requires that the challenge is the base64url of a SHA-256: 43 characters, once (RFC 7636 §4.2). How Salesforce treats others is not
 * known; none of them can match a verifier. */
export const challengeForm: AuthorizationRule = ({ challenge, method }, { mode, switches }) => {
  if (mode === 'observing' || challenge === null) return undefined;
  if (challenge.wellFormed && challenge.occurrences === 1) return undefined;
  // A plain challenge may have any form; where it is accepted here, it fails at the token endpoint.
  const plain = method === 'plain' && switches.plainMethod === 'token';
  if (mode === 'salesforce' && challenge.occurrences === 1 && (plain || switches.malformedChallenge === 'token'))
    return undefined;
  return denial('malformed-challenge', 'malformed-challenge', { redirect: true, ground: 'SF-PKCE-CHALLENGE' });
};
