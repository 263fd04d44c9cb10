import { denial } from '../salesforce/denial.ts';
import { USER_AGENT } from '../salesforce/authorization-query.ts';
import type { AuthorizationRule } from './rule.ts';

/** Allows only the code flow: PKCE and rotation do not protect others (RFC 9700 §2.1.2). Salesforce also has the user-agent flow. */
export const responseTypeIsCode: AuthorizationRule = ({ responseType }, { mode, switches }) =>
  responseType === 'code' || (mode === 'salesforce' && switches.userAgentFlow && USER_AGENT.has(responseType))
    ? undefined
    : denial('response-type', 'response-type', { redirect: true, ground: 'SF-PKCE-AUTHORIZE' });
