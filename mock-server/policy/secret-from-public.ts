import { denial } from '../salesforce/denial.ts';
import type { TokenRule } from './rule.ts';

/** Requires that a public client redeems its code without a secret: no parameter, not even an empty one, and no Basic header (partner
 * rule; RFC 6749 §2.3.1). The rule covers the code exchange only. For other requests the answer is Salesforce's in every mode: an
 * unrequested secret is checked, and a correct one accepted. */
export const noSecretFromPublic: TokenRule = ({ auth, grantType }, { app, mode, switches }) => {
  if (app.client !== 'public' || mode === 'observing') return undefined;
  const sent = [auth.body, auth.query, auth.basic];
  const refused =
    mode === 'strict' && grantType === 'authorization_code'
      ? sent.some((presence) => presence !== 'absent') || auth.authorizationScheme === 'basic'
      : sent.includes('wrong');
  if (!refused) return undefined;
  const ground = grantType === 'authorization_code' ? 'SF-PUBLIC-NO-SECRET' : 'platform';
  return denial('secret-from-public', 'client-credentials', { status: switches.invalidClientStatus, ground });
};
