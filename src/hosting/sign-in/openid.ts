/** Sign-in by OpenID Connect, at any issuer: authorization code flow with PKCE, state and nonce. */
import * as client from 'openid-client';
import { z } from 'zod';
import { Problem } from '../api/problem.ts';

/** Names the issuer, and the service as its client. */
export interface OpenIdSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
}

/** Describes what the browser keeps between the two halves of a sign-in. */
export const attemptSchema = z.object({
  organisation: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});
type Attempt = z.infer<typeof attemptSchema>;

/** Who has signed in, as the issuer says. */
export interface Identity {
  readonly subject: string;
  /** In lower case; only one that the issuer has verified. */
  readonly email: string | undefined;
}

/** Returns the sign-in at an issuer, which is looked up when the first one begins. @param redirectUri where the issuer sends browsers back */
export function createOpenId({ issuer, clientId, clientSecret }: OpenIdSettings, redirectUri: string) {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked deprecated by openid-client as a warning; only an issuer on this machine uses HTTP (`issuerUrl`)
  const insecure = { execute: [client.allowInsecureRequests] };
  let known: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    known ??= client.discovery(issuer, clientId, clientSecret, undefined, issuer.protocol === 'http:' ? insecure : {});
    return known.catch(() => {
      known = undefined;
      throw new Problem(503, 'no-issuer', 'The OpenID Connect issuer cannot be reached.', 5);
    });
  };
  return {
    /** Returns where to send the browser, and what it keeps meanwhile. */
    async begin(organisation: string): Promise<{ readonly url: URL; readonly attempt: Attempt }> {
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const url = client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope: 'openid email', state, nonce, code_challenge_method: 'S256' },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
      });
      return { url, attempt: { organisation, state, nonce, verifier } };
    },
    /** Returns who has signed in. @param query of the request that the browser came back with @throws Problem 401 */
    async finish(query: string, { state, nonce, verifier }: Attempt): Promise<Identity> {
      const config = await configuration();
      try {
        const checks = {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        };
        const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), checks);
        const claims: Readonly<Record<string, unknown>> = tokens.claims() ?? {};
        const subject = String(claims['sub']);
        const more =
          config.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await client.fetchUserInfo(config, tokens.access_token, subject);
        const { email, email_verified: isVerified } = { ...claims, ...more } as Readonly<Record<string, unknown>>;
        return { subject, email: isVerified === true && typeof email === 'string' ? email.toLowerCase() : undefined };
      } catch {
        throw new Problem(401, 'sign-in-failed', 'The issuer did not confirm the sign-in. Begin again.');
      }
    },
  };
}

/** The sign-in at one issuer. */
export type OpenId = ReturnType<typeof createOpenId>;
