import { denial } from '../salesforce/denial.ts';
import type { AuthorizationRule } from './rule.ts';

/** Requires that the authorization endpoint is opened over HTTPS, when the switch is on: a mock is usually plain HTTP on this machine.
 * Applies in every mode. */
export const httpsOnly: AuthorizationRule = (_facts, { switches, secure }) =>
  switches.httpsRequired && secure === false ? denial('https-required', 'https-required') : undefined;

/** Refuses the out-of-band redirect URI, which means "show the code to the user" (deprecated by RFC 8252 §8.12). Applies in every mode. */
export const noOutOfBand: AuthorizationRule = (_facts, { redirectUri }) =>
  redirectUri?.startsWith('urn:ietf:wg:oauth:2.0:oob') === true ? denial('out-of-band', 'out-of-band') : undefined;
