import { denial } from '../dialect/denial.ts';
import type { AuthorizationRule } from './rule.ts';

/** Only the code flow: PKCE and rotation are of no use to others (RFC 9700 §2.1.2). In every mode. */
export const responseTypeIsCode: AuthorizationRule = ({ responseType }) =>
  responseType === 'code' ? undefined : denial('response-type', 'response-type', { redirect: true });
