import { denial } from '../salesforce/denial.ts';
import type { TokenRule } from './rule.ts';

/** A public client sends no secret: no parameter, not even an empty one, and no Basic header (RFC 6749 §2.3.1).
 * The platform checks a secret that it did not ask for, and accepts the right one (facts, section 4.3). */
export const noSecretFromPublic: TokenRule = ({ auth }, { app, mode, switches }) => {
  if (app.client !== 'public' || mode === 'observing') return undefined;
  const sent = [auth.body, auth.query, auth.basic];
  const refused =
    mode === 'strict'
      ? sent.some((presence) => presence !== 'absent') || auth.authorizationScheme === 'basic'
      : sent.includes('wrong');
  if (!refused) return undefined;
  return denial('secret-from-public', 'client-credentials', { status: switches.invalidClientStatus });
};
