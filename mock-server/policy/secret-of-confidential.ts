import { denial } from '../salesforce/denial.ts';
import type { TokenRule } from './rule.ts';
import type { Switches } from '../switches/switches.ts';

/** Requires that a confidential client sends its secret with code exchange and refresh (RFC 6749 §3.2.1). As on Salesforce it may be in
 * the body, a Basic header or the query; the first of them counts. That it belongs in the body is a SHOULD, which checks judge. In a code
 * exchange under the partner rule, neither an assertion nor a setting that makes the secret optional replaces it, because the rule
 * requires both `code_verifier` and `client_secret`. */
export const secretOfConfidential: TokenRule = ({ auth, grantType }, { app, mode, switches, assertion, grant }) => {
  if (app.client !== 'confidential' || mode === 'observing' || grant?.needsSecret === false) return undefined;
  const sent = [auth.body, auth.basic, auth.query].filter((presence) => presence !== 'absent');
  if (sent[0] === 'valid') return undefined;
  const mayReplace = mode === 'salesforce' || grantType !== 'authorization_code';
  if (mayReplace && sent.length === 0 && (assertion === 'proven' || isSecretOptional(grantType, switches)))
    return undefined;
  const rule = sent.some((presence) => presence === 'wrong') ? 'wrong-secret' : 'missing-secret';
  const ground = grantType === 'authorization_code' ? 'SF-CONFIDENTIAL-BOTH' : 'platform';
  return denial(rule, 'client-credentials', { status: switches.invalidClientStatus, ground });
};

/** Returns whether the app's settings allow a client to omit its secret. */
const isSecretOptional = (grantType: string | null, switches: Switches): boolean =>
  (grantType === 'authorization_code' && !switches.secretForCode) ||
  (grantType === 'refresh_token' && !switches.secretForRefresh);
