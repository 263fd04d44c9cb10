import { denial } from '../salesforce/denial.ts';
import type { TokenRule } from './rule.ts';
import type { Switches } from '../switches/switches.ts';

/** A confidential client proves its secret in the body or by Basic, on code exchange and refresh alike (RFC 6749 §3.2.1).
 * The platform also takes it from the query, the body before the header, and an assertion where there is none (facts, section 4.3). */
export const secretOfConfidential: TokenRule = ({ auth, grantType }, { app, mode, switches, assertion, grant }) => {
  if (app.client !== 'confidential' || mode === 'observing' || grant?.needsSecret === false) return undefined;
  const places = mode === 'strict' ? [auth.body, auth.basic] : [auth.body, auth.basic, auth.query];
  const sent = places.filter((presence) => presence !== 'absent');
  const proven = mode === 'strict' ? sent.every((presence) => presence === 'valid') : sent[0] === 'valid';
  if (sent.length > 0 && proven) return undefined;
  if (mode === 'salesforce' && sent.length === 0 && (assertion === 'proven' || isSecretOptional(grantType, switches)))
    return undefined;
  const rule = sent.some((presence) => presence === 'wrong') ? 'wrong-secret' : 'missing-secret';
  return denial(rule, 'client-credentials', { status: switches.invalidClientStatus });
};

/** The app's settings let a client do without a secret that it does not send (facts, section 4.1). */
const isSecretOptional = (grantType: string | null, switches: Switches): boolean =>
  (grantType === 'authorization_code' && !switches.secretForCode) ||
  (grantType === 'refresh_token' && !switches.secretForRefresh);
