/** Small endpoints that need no client: pages, generators, configuration documents. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { noStore } from '../dialect/headers.ts';
import type { Parts } from '../parts.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { framed, showPage } from '../sign-in/frame.ts';

/** `/services/oauth2/success`: a callback for apps that have none. */
export function success(ctx: Context): void {
  showPage(ctx, framed('Done', '<p>Authorization is done. This window may be closed.'));
}

/** `/services/auth/idp/oidc/logout` (OpenID Connect RP-Initiated Logout §2). It leads nowhere: the mock keeps no sessions of browsers. */
export function logout(ctx: Context): void {
  showPage(ctx, framed('Signed out', '<p>You are signed out. Tokens of apps live on until they are revoked.'));
}

/** Where a single access URL leads on the platform: into the user interface, which the mock has not. */
export function frontdoor(ctx: Context): void {
  showPage(ctx, framed('Front door', '<p>Behind this door the user interface of an org would begin.'));
}

/** `/services/oauth2/pkce/generator`: a verifier and its challenge (RFC 7636 §4). */
export function pkceGenerator(ctx: Context): void {
  noStore(ctx);
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  ctx.body = { code_verifier: verifier, code_challenge: challenge };
}

/** `/.well-known/auth-configuration`: how users sign in. The mock has one way. */
export function authConfiguration(ctx: Context, _exchange: Exchange, { org, issuer }: Parts): void {
  ctx.body = {
    OrgId: org.id,
    Url: issuer,
    LoginPage: { LoginPageUrl: `${issuer}/login`, UseNativeBrowserForAuthentication: true },
    MobileSDK: {
      UseiOSNativeBrowserForAuthentication: true,
      UseAndroidNativeBrowserForAuthentication: true,
      ShareBrowserSessionIOS: true,
      ShareBrowserSessionAndroid: true,
    },
    SamlProviders: [],
    AuthProviders: [],
  };
}
