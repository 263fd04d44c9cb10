import { denial } from '../salesforce/denial.ts';
import { USER_AGENT } from '../salesforce/authorization-query.ts';
import type { AuthorizationRule } from './rule.ts';

/** Allows only the code flow: PKCE and rotation are of no use to others (RFC 9700 §2.1.2). The platform has the user-agent flow too. */
export const responseTypeIsCode: AuthorizationRule = ({ responseType }, { mode, switches }) =>
  responseType === 'code' || (mode === 'salesforce' && switches.userAgentFlow && USER_AGENT.has(responseType))
    ? undefined
    : denial('response-type', 'response-type', { redirect: true, ground: 'SF-PKCE-AUTHORIZE' });
