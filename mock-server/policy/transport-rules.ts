import { denial } from '../salesforce/denial.ts';
import type { AuthorizationRule } from './rule.ts';

/** Requires that the authorization endpoint is opened in HTTPS: under a switch, because a mock is usually plain HTTP on this machine. In every mode. */
export const httpsOnly: AuthorizationRule = (_facts, { switches, secure }) =>
  switches.httpsRequired && secure === false ? denial('https-required', 'https-required') : undefined;

/** Refuses a redirect URI that stands for "show the code to the user": out-of-band (RFC 8252 §8.12 has it as deprecated). In every mode. */
export const noOutOfBand: AuthorizationRule = (_facts, { redirectUri }) =>
  redirectUri?.startsWith('urn:ietf:wg:oauth:2.0:oob') === true ? denial('out-of-band', 'out-of-band') : undefined;
