/** Maps paths to endpoints. The same application serves the login origin and the instance. */
import type { IncomingMessage } from 'node:http';
import Koa from 'koa';
import { DISCLOSURE, DISCLOSURE_HEADER } from './salesforce/disclosure.ts';
import { isOpenToPages } from './salesforce/cors.ts';
import { discovery } from './salesforce/discovery.ts';
import { enterSite } from './salesforce/site-path.ts';
import { corsHeaders } from './salesforce/headers.ts';
import { FRONTDOOR, INNER_AUTHORIZE, ROUTES, SIGN_IN } from './salesforce/route.ts';
import {
  authConfiguration,
  checkSession,
  echo,
  frontdoor,
  logout,
  pkceGenerator,
  success,
} from './sign-in/static-pages.ts';
import { identity, userinfo } from './api/identity.ts';
import { bulk } from './api/bulk/bulk1.ts';
import { resourceEndpoint } from './api/resource.ts';
import { rest } from './api/rest.ts';
import { singleAccess } from './api/single-access.ts';
import { soap } from './api/soap/soap.ts';
import type { MockContext } from './context.ts';
import { answerAt, type Endpoint } from './endpoint.ts';
import { answerRequests, type RequestHandler } from './http/answer-requests.ts';
import { compressed } from './http/compression.ts';
import { introspect } from './oauth/introspect.ts';
import { register } from './oauth/register.ts';
import { revokeEndpoint } from './oauth/revoke.ts';
import { tokenEndpoint } from './oauth/token.ts';
import { askProvider } from './provider/ask-provider.ts';
import { authorizeEndpoint, resumeEndpoint } from './provider/authorize.ts';
import type { Exchange } from './recorder/exchange.ts';
import type { Recorder } from './recorder/recorder.ts';
import { empty, json, text, withHeaders, type Reply } from './reply.ts';
import { MOCK_ROUTES } from './routes.ts';
import { connect } from './sign-in/connect.ts';
import { frontPage } from './sign-in/front-page.ts';
import { forgotPassword, passwordlessLogin, registration } from './sign-in/headless/identity.ts';
import { signIn } from './sign-in/sign-in.ts';

type Handler = (exchange: Exchange, context: MockContext) => Reply | Promise<Reply>;

/** Creates an endpoint without gates and faults. */
const plain = (answer: Handler): Endpoint => ({ answer });

/** Creates a read-only endpoint: other methods are answered 405 (RFC 9110 §15.5.6). */
const read = (answer: Handler): Endpoint =>
  plain((exchange, context) => {
    const { method } = exchange;
    if (method === 'GET' || method === 'HEAD') return answer(exchange, context);
    const sentence = `HTTP method ${method} is not allowed. This is a mock of Salesforce.`;
    return text(405, sentence, { Allow: 'GET, HEAD' });
  });

const keys: Handler = async (exchange, context) => {
  const { body } = await askProvider(ROUTES.keys, exchange, context);
  const { keys: all = [] } = body as { readonly keys?: readonly Readonly<Record<string, unknown>>[] };
  // In Salesforce's order.
  return json(200, { keys: all.map(({ kty, use, alg, kid, n, e }) => ({ kty, use, alg, kid, n, e })) });
};

const document: Handler = (_exchange, context) => json(200, discovery(context));

/** Creates an endpoint of headless identity, which exists on Experience sites; on other hosts its paths are unknown. */
const headless = (answer: Handler): Endpoint => {
  const unknown = resourceEndpoint(rest);
  const isHere = ({ host, switches }: MockContext) => host === 'experience' && switches.headlessIdentity;
  return {
    answer: (exchange, context, how) =>
      isHere(context) ? answer(exchange, context) : unknown.answer(exchange, context, how),
    arrival: (exchange, context) => (isHere(context) ? undefined : unknown.arrival?.(exchange, context)),
  };
};

const restEndpoint = resourceEndpoint(rest);

/** Maps each route to its endpoint. */
const ENDPOINTS: Readonly<Record<keyof typeof MOCK_ROUTES, Endpoint>> = {
  authorize: authorizeEndpoint,
  token: tokenEndpoint,
  revoke: revokeEndpoint,
  introspect: plain(introspect),
  userinfo: resourceEndpoint(userinfo),
  identity: resourceEndpoint(identity),
  keys: read(keys),
  discovery: read(document),
  authConfiguration: read(authConfiguration),
  pkceGenerator: read(pkceGenerator),
  register: plain(register),
  singleAccess: resourceEndpoint(singleAccess),
  success: plain(success),
  echo: plain(echo),
  checkSession: plain(checkSession),
  logout: plain(logout),
  registration: headless(registration),
  passwordlessLogin: headless(passwordlessLogin),
  forgotPassword: headless(forgotPassword),
  connect: plain(connect),
  versions: restEndpoint,
  bulk: resourceEndpoint(bulk),
  soap: resourceEndpoint(soap),
  rest: restEndpoint,
};

/** Checked in order: the first matching pattern answers. The paths between sign-in and the callback are for the browser, not for clients. */
const TABLE: readonly (readonly [RegExp, Endpoint])[] = [
  [/^\/$/, read(frontPage)],
  [new RegExp(`^${INNER_AUTHORIZE}/[^/]+$`), resumeEndpoint],
  [new RegExp(`^${SIGN_IN}/[^/]+$`), plain(signIn)],
  [new RegExp(`^${FRONTDOOR}$`), plain(frontdoor)],
  ...(Object.keys(MOCK_ROUTES) as (keyof typeof MOCK_ROUTES)[]).map(
    (id) => [MOCK_ROUTES[id].pattern, ENDPOINTS[id]] as const,
  ),
];

/** Options of `createApp`. */
export interface AppOptions {
  readonly recorder: Recorder;
  /** Returns the context of the host that a request was sent to. */
  readonly contextOf: (request: IncomingMessage) => MockContext;
  /** Receives every unexpected error. */
  readonly complain: (error: unknown) => void;
}

const disclosed = { [DISCLOSURE_HEADER]: DISCLOSURE };

/** Returns the application of a mock. */
export function createApp({ recorder, contextOf, complain }: AppOptions): Koa {
  const answer: RequestHandler = async (received, decided) => {
    const [exchange, context] = enterSite(received, contextOf(received.incoming));
    const { path, method } = exchange;
    const open = isOpenToPages(path, context);
    const headers = open ? { ...disclosed, ...corsHeaders(exchange) } : disclosed;
    if (method === 'OPTIONS') return withHeaders(open ? empty(204) : text(403, 'Forbidden'), headers);
    const endpoint = TABLE.find(([pattern]) => pattern.test(path))?.[1];
    const reply = endpoint ? await answerAt(endpoint, exchange, context, decided) : UNKNOWN;
    return withHeaders(compressed(reply, exchange.header('Accept-Encoding')), headers);
  };
  const app = new Koa();
  app.silent = true;
  app.on('error', complain);
  app.use(answerRequests({ recorder, answer, complain }));
  return app;
}

const UNKNOWN = text(404, 'There is nothing here. This is a mock of Salesforce.');
