/** Small endpoints that need no client: pages, generators, configuration documents. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { noStore } from './headers.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { framed, showPage } from '../sign-in/frame.ts';
import { forgetPerson } from '../sign-in/person.ts';

/** `/services/oauth2/success`: a callback for apps that have none. */
export function success(ctx: Context): void {
  showPage(ctx, framed('Done', '<p>Authorization is done. This window may be closed.'));
}

/** `/services/auth/idp/oidc/logout` (OpenID Connect RP-Initiated Logout §2). It ends the session of the browser, and leads nowhere. */
export function logout(ctx: Context, _exchange: Exchange, parts: MockContext): void {
  forgetPerson(ctx, parts);
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
  writeJson(ctx, { code_verifier: verifier, code_challenge: challenge });
}

/** `/services/oauth2/echo`: a callback that gives the client what it was called with, as JSON. */
export function echo(ctx: Context, { query }: Exchange): void {
  noStore(ctx);
  writeJson(ctx, Object.fromEntries(query));
}

function writeJson(ctx: Context, body: object): void {
  ctx.type = 'application/json;charset=UTF-8';
  ctx.body = JSON.stringify(body);
}

/** `/services/oauth2/checksession` (OpenID Connect Session Management §3.3): no script answers: the mock tells nobody of a session that ended. */
export function checkSession(ctx: Context): void {
  showPage(ctx, framed('Session', '<p>The mock tells nobody of sessions that end: there is nothing to watch.'));
  // It is made to be framed.
  ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
}

/** `/.well-known/auth-configuration`: how users sign in, with the fields and in the order of the platform. */
export function authConfiguration(ctx: Context, _exchange: Exchange, { org, issuer }: MockContext): void {
  writeJson(ctx, {
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
}
