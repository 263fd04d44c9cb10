/** Names of grants, as they stand in `grant_type`. */

/** RFC 7523 §2.1 */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** RFC 7522 §2.1 */
export const SAML_BEARER = 'urn:ietf:params:oauth:grant-type:saml2-bearer';
/** Salesforce's own name for single sign-on assertions. */
export const SAML_ASSERTION = 'assertion';
/** RFC 8693 §2.1 */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const CLIENT_CREDENTIALS = 'client_credentials';
export const PASSWORD = 'password';
/** Salesforce's own name, not RFC 8628's. */
export const DEVICE = 'device';

/** Grants in which also a confidential client sends no secret: the assertion, or the person at the device, proves enough. */
export const WITHOUT_SECRET: ReadonlySet<string | null> = new Set([JWT_BEARER, DEVICE, SAML_BEARER, SAML_ASSERTION]);

/** Grants that need not name the app: the assertion does, or stands for itself. */
export const WITHOUT_CLIENT: ReadonlySet<string | null> = new Set([JWT_BEARER, SAML_BEARER, SAML_ASSERTION]);
