import { denial } from '../salesforce/denial.ts';
import type { AuthorizationRule } from './rule.ts';

/** Requires that the redirect_uri is registered. Applies in every mode; shown as text, because there is no safe address to redirect to
 * (RFC 6749 §4.1.2.1, RFC 9700 §4.1). */
export const redirectMatches: AuthorizationRule = ({ redirect }) => {
  if (redirect === 'absent') return denial('redirect-missing', 'redirect-missing');
  if (redirect === 'mismatch') return denial('redirect-mismatch', 'redirect-mismatch');
  return undefined;
};
