/** Which path is answered by what. The same application serves the login origin and the instance. */
import Koa from 'koa';
import type { Context, Middleware } from 'koa';
import { disclose } from './salesforce/disclosure.ts';
import { isOpenToPages } from './salesforce/cors.ts';
import { discovery } from './salesforce/discovery.ts';
import { enterSite } from './salesforce/site-path.ts';
import { allowOrigin } from './salesforce/headers.ts';
import { CONNECT, FRONTDOOR, INNER_AUTHORIZE, ROUTES, SIGN_IN } from './salesforce/route.ts';
import { authorize, resume } from './provider/authorize.ts';
import { forward } from './provider/forward.ts';
import {
  authConfiguration,
  checkSession,
  echo,
  frontdoor,
  logout,
  pkceGenerator,
  success,
} from './salesforce/static-pages.ts';
import { forgotPassword, passwordlessLogin, registration } from './sign-in/headless/identity.ts';
import { register } from './oauth/register.ts';
import { token } from './oauth/token.ts';
import type { MockContext } from './context.ts';
import type { Exchange } from './recorder/exchange.ts';
import { answerResource, type Resource } from './api/reply.ts';
import { identity, userinfo } from './api/identity.ts';
import { introspect } from './oauth/introspect.ts';
import { bulk } from './api/bulk/bulk1.ts';
import { rest } from './api/rest.ts';
import { revoke } from './oauth/revoke.ts';
import { soap } from './api/soap/soap.ts';
import { singleAccess } from './api/single-access.ts';
import { connect } from './sign-in/connect.ts';
import { signIn } from './sign-in/sign-in.ts';

type Answer = (ctx: Context, exchange: Exchange, parts: MockContext) => Promise<void> | void;

const resource =
  (chosen: Resource | ((path: string) => Resource)): Answer =>
  (ctx, exchange, parts) =>
    answerResource({ ctx, exchange, parts }, typeof chosen === 'function' ? chosen(ctx.path) : chosen);

/** What is only read: anything else is answered 405 (RFC 9110 §15.5.6). */
const read =
  (answer: Answer): Answer =>
  (ctx, exchange, parts) => {
    if (ctx.method === 'GET' || ctx.method === 'HEAD') return answer(ctx, exchange, parts);
    ctx.status = 405;
    ctx.set('Allow', 'GET, HEAD');
    ctx.type = 'text/plain';
    ctx.body = `HTTP method ${ctx.method} is not allowed. This is a mock of Salesforce.`;
  };

const keys: Answer = async (ctx, _exchange, { provider }) => {
  await forward(ctx, provider, { method: 'GET', url: ROUTES.keys });
  const { keys = [] } = ctx.body as { readonly keys?: readonly Readonly<Record<string, unknown>>[] };
  // In the order that is known of the platform.
  const ordered = keys.map(({ kty, use, alg, kid, n, e }) => ({ kty, use, alg, kid, n, e }));
  ctx.type = 'application/json;charset=UTF-8';
  ctx.body = JSON.stringify({ keys: ordered });
};

const document: Answer = (ctx, _exchange, parts) => {
  ctx.type = 'application/json;charset=UTF-8';
  ctx.body = JSON.stringify(discovery(parts));
};

/** Headless identity is a thing of Experience sites; elsewhere its paths are like any other that nobody knows. */
const headless =
  (answer: Answer): Answer =>
  (ctx, exchange, parts) =>
    (parts.host === 'experience' && parts.switches.headlessIdentity ? answer : resource(rest))(ctx, exchange, parts);

/** In order: the first pattern that matches answers. */
const TABLE: readonly (readonly [RegExp, Answer])[] = [
  // A brand may follow; what comes back from sign-in has a path of its own.
  [/^\/services\/oauth2\/authorize(\/[^/]*)?$/, authorize],
  [new RegExp(`^${INNER_AUTHORIZE}/[^/]+$`), resume],
  [new RegExp(`^${SIGN_IN}/[^/]+$`), signIn],
  [/^\/services\/oauth2\/token\/?$/, token],
  [/^\/services\/oauth2\/revoke\/?$/, revoke],
  [/^\/services\/oauth2\/introspect\/?$/, introspect],
  [/^\/services\/oauth2\/userinfo\/?$/, resource(userinfo)],
  [/^\/services\/oauth2\/success\/?$/, success],
  [/^\/services\/oauth2\/echo\/?$/, echo],
  [/^\/services\/oauth2\/checksession\/?$/, checkSession],
  [/^\/services\/oauth2\/register\/?$/, register],
  [/^\/services\/oauth2\/singleaccess\/?$/, resource(singleAccess)],
  [/^\/services\/oauth2\/pkce\/generator\/?$/, read(pkceGenerator)],
  [/^\/services\/auth\/idp\/oidc\/logout\/?$/, logout],
  [new RegExp(`^${ROUTES.registration}/?$`), headless(registration)],
  [new RegExp(`^${ROUTES.passwordlessLogin}/?$`), headless(passwordlessLogin)],
  [new RegExp(`^${ROUTES.forgotPassword}/?$`), headless(forgotPassword)],
  [new RegExp(`^${CONNECT}/?$`), connect],
  [new RegExp(`^${FRONTDOOR}$`), frontdoor],
  [/^(\/services\/oauth2)?\/id\/keys\/?$/, read(keys)],
  [/^\/id\/[^/]+\/[^/]+\/?$/, resource(identity)],
  [/^(?:\/[\w-]{1,40})?\/\.well-known\/openid-configuration$/, read(document)],
  [/^(?:\/[\w-]{1,40})?\/\.well-known\/auth-configuration$/, read(authConfiguration)],
  [/^\/services\/Soap\//i, resource(soap)],
  [/^\/services\/async\//, resource(bulk)],
  [/^\/services(\/|$)/, resource(rest)],
];

export interface AppParts {
  readonly recorder: Middleware;
  /** Returns the context of the host that listens on a local port. */
  readonly contextOf: (localPort: number) => MockContext;
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
  /** oidc-provider's own: it signs cookies on the context of this application. */
  readonly cookieKey: string;
}

/** The application. `recorder` is the outermost layer; everything else runs inside it. */
export function createApp({ recorder, contextOf, complain, cookieKey }: AppParts): Koa {
  const app = new Koa();
  app.keys = [cookieKey];
  app.silent = true;
  app.on('error', complain);
  app.use(recorder);
  app.use(async (ctx) => {
    disclose(ctx);
    const known = enterSite(ctx, contextOf(ctx.req.socket.localPort ?? 0));
    const open = isOpenToPages(ctx.path, known);
    if (open) allowOrigin(ctx);
    if (ctx.method === 'OPTIONS') {
      ctx.status = open ? 204 : 403;
      return;
    }
    const exchange = (ctx.state as { readonly exchange: Exchange }).exchange;
    const { path } = ctx;
    const answer = TABLE.find(([pattern]) => pattern.test(path))?.[1];
    if (answer !== undefined) return answer(ctx, exchange, known);
    ctx.status = 404;
    ctx.type = 'text/plain';
    ctx.body = 'There is nothing here. This is a mock of Salesforce.';
  });
  return app;
}
