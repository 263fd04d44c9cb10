/** Serves small endpoints that need no client: pages, generators, configuration documents. */
import { createHash, randomBytes } from 'node:crypto';
import { NO_STORE } from '../salesforce/headers.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { json, type Reply } from '../reply.ts';
import { framed, page } from '../salesforce/frame.ts';
import { signedOut } from './person.ts';

/** Answers `/services/oauth2/success`, a callback for apps without one. */
export const success = (): Reply => page(framed('Done', '<p>Authorization is done. This window may be closed.'));

/** Answers `/services/auth/idp/oidc/logout` (OpenID Connect RP-Initiated Logout §2). It ends the session of the browser and does not
 * redirect. */
export const logout = (_exchange: Exchange, context: MockContext): Reply =>
  page(framed('Signed out', '<p>You are signed out. Tokens of apps live on until they are revoked.'), {
    'Set-Cookie': signedOut(context),
  });

/** Answers the target of a single access URL: on Salesforce the user interface, which the mock does not have. */
export const frontdoor = (): Reply =>
  page(framed('Front door', '<p>Behind this door the user interface of an org would begin.'));

/** Answers `/services/oauth2/pkce/generator`: a verifier and its challenge (RFC 7636 §4). */
export function pkceGenerator(): Reply {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return json(200, { code_verifier: verifier, code_challenge: challenge }, NO_STORE);
}

/** Answers `/services/oauth2/echo`, a callback that returns its parameters to the client as JSON. */
export const echo = ({ query }: Exchange): Reply => json(200, Object.fromEntries(query), NO_STORE);

/** Answers `/services/oauth2/checksession` (OpenID Connect Session Management §3.3). Its page has no script: the mock does not report the
 * end of a session. */
export const checkSession = (): Reply =>
  page(framed('Session', '<p>The mock announces no end of a session: there is nothing to watch.'), {
    // The page is made for frames.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
  });

/** Answers `/.well-known/auth-configuration`: how users sign in, with Salesforce's fields in its order. */
export const authConfiguration = (_exchange: Exchange, { org, issuer }: MockContext): Reply =>
  json(200, {
    OrgId: org.shortId,
    Url: issuer,
    MobileSDK: {
      UseiOSNativeBrowserForAuthentication: false,
      UseAndroidNativeBrowserForAuthentication: false,
      shareBrowserSessionIOS: false,
      shareBrowserSessionAndroid: false,
    },
    LoginPage: null,
    SamlProviders: [],
    AuthProviders: [],
    CertificateLogin: null,
    LoginPageType: 'standard',
    LoginPageTypeConfigs: {},
  });
