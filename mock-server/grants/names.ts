/** Names of grants, as they stand in `grant_type`. */

/** RFC 7523 §2.1 */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** RFC 8693 §2.1 */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const CLIENT_CREDENTIALS = 'client_credentials';
export const PASSWORD = 'password';
/** Salesforce's own name, not RFC 8628's. */
export const DEVICE = 'device';

/** Grants in which also a confidential client sends no secret: the assertion, or the person at the device, proves enough. */
export const WITHOUT_SECRET: ReadonlySet<string | null> = new Set([JWT_BEARER, DEVICE]);
