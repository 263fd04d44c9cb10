/** Builds the environment variables for a client (docs/contract.md, section 3). Pure. */

/** The values of the environment variables. */
export interface EnvironmentParts {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  /** File with the certificate of the local CA, when TLS is on. */
  readonly caFile?: string | undefined;
}

/** Returns the variables except `SF_STATE_DIR`, which every session sets itself. */
export function environment(parts: EnvironmentParts): Readonly<Record<string, string>> {
  return {
    SF_LOGIN_URL: parts.loginUrl,
    SF_CLIENT_ID: parts.clientId,
    ...(parts.clientSecret === undefined ? {} : { SF_CLIENT_SECRET: parts.clientSecret }),
    SF_REDIRECT_URI: parts.redirectUris[0] ?? '',
    SF_SCOPES: parts.scopes.join(' '),
    ...(parts.caFile === undefined
      ? {}
      : { NODE_EXTRA_CA_CERTS: parts.caFile, SSL_CERT_FILE: parts.caFile, REQUESTS_CA_BUNDLE: parts.caFile }),
  };
}

/** Returns whether a text has characters that HTTP Basic authentication needs form-encoded (RFC 6749 §2.3.1, Appendix B). */
export function needsEncoding(secret: string | undefined): boolean {
  return secret !== undefined && !/^[A-Za-z0-9*\-._]*$/u.test(secret);
}
