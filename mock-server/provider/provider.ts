/** All of oidc-provider's configuration. It owns requests, sign-in, codes and client authentication; tokens are ours. */
import Provider from 'oidc-provider';
import type { JWK } from 'oidc-provider';
import type { Org } from '../salesforce/org.ts';
import { INNER_AUTHORIZE, ROUTES, SIGN_IN } from '../salesforce/route.ts';
import { SCOPES } from '../salesforce/scope.ts';
import { DPOP_JKT, RESPONSE_TYPE } from './authorization-query.ts';
import { OTHER_GRANTS } from '../oauth/grants/grants.ts';
import type { MockApp } from '../mock.ts';
import { DISPLAY, PERSON, QUESTION, SITE_PATH } from '../sign-in/parameters.ts';
import { sameSecret } from '../recorder/measure-client.ts';
import { measureRedirect } from '../recorder/measure-redirect.ts';
import { createAdapters, type FindToken } from '../store/adapter.ts';
import type { ModelStore } from '../store/store.ts';

export interface ProviderParts {
  /** The origin of one host. */
  readonly issuer: string;
  readonly app: MockApp;
  readonly org: Org;
  readonly models: ModelStore;
  readonly findToken: FindToken;
  readonly machineAheadMs: () => number;
  readonly signingKey: JWK;
  /** For signed cookies. */
  readonly cookieKey: string;
  /** How long oidc-provider keeps a code; when one ends is decided by the code itself. */
  readonly codeSeconds: number;
  readonly idTokenSeconds: number;
  /** Makes an authorization code. */
  readonly newCode: () => string;
  readonly onServerError: (error: unknown, context: object) => void;
}

const HOUR = 3600;
const YEAR = 365 * 24 * HOUR;

/** A fresh provider; its state is in `models` alone. */
export function createProvider(parts: ProviderParts): Provider {
  const { app, issuer, org } = parts;
  const ttl = {
    AccessToken: YEAR,
    AuthorizationCode: parts.codeSeconds,
    ClientCredentials: HOUR,
    Grant: YEAR,
    IdToken: parts.idTokenSeconds,
    Interaction: HOUR,
    RefreshToken: YEAR,
    Session: HOUR,
  };
  const provider = new Provider(issuer, {
    adapter: createAdapters({ ...parts, ttl }),
    clients: [
      {
        client_id: app.clientId,
        ...(app.client === 'confidential'
          ? { client_secret: app.clientSecret ?? '', token_endpoint_auth_method: 'client_secret_post' as const }
          : { token_endpoint_auth_method: 'none' as const }),
        // Which addresses are allowed is decided below: oidc-provider has no type of client that may mix them as Salesforce does.
        redirect_uris: ['https://redirects-are-matched-by-the.mock.invalid/'],
        grant_types: ['authorization_code', 'refresh_token', ...OTHER_GRANTS.map(({ name }) => name)],
        response_types: ['code'],
        id_token_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: [parts.signingKey] },
    responseTypes: ['code'],
    scopes: [...SCOPES],
    claims: { openid: ['sub'] },
    // Across sign-in: which of Salesforce's response types was asked for (to oidc-provider all are the code flow), the client's key, and
    // what the person is asked.
    extraParams: [RESPONSE_TYPE, DPOP_JKT, QUESTION, PERSON, SITE_PATH, DISPLAY],
    pkce: { required: () => false },
    routes: {
      authorization: INNER_AUTHORIZE,
      token: ROUTES.token,
      revocation: ROUTES.revoke,
      introspection: ROUTES.introspect,
      userinfo: ROUTES.userinfo,
      jwks: ROUTES.keys,
    },
    features: {
      devInteractions: { enabled: false },
      // Salesforce's revocation and userinfo ask for no client and answer in their own way: resource/.
      revocation: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    },
    findAccount: (_ctx, name) => ({
      accountId: name,
      claims: () => ({ sub: `${issuer}/id/${org.id}/${org.user(name).id}` }),
    }),
    interactions: { url: (_ctx, interaction) => `${SIGN_IN}/${interaction.uid}` },
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    cookies: {
      keys: [parts.cookieKey],
      names: { session: 'sfmock_session', interaction: 'sfmock_interaction', resume: 'sfmock_resume' },
      // Who is signed in is ours to know (sign-in/person.ts): its session is never sent back, as nothing lives below this path.
      long: { path: '/sfmock', httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl,
    // Errors leave as data; ours decide what the client sees (dialect/refusal.ts).
    renderError: (ctx, out) => {
      ctx.body = { error: out.error, error_description: out.error_description };
    },
  });

  provider.Client.prototype.redirectUriAllowed = (uri) =>
    ['exact', 'loopback-port'].includes(measureRedirect(uri, app.redirectUris));
  // The secret may be changed while the mock runs.
  provider.Client.prototype.compareClientSecret = (given) => sameSecret(given, app.clientSecret);
  Object.defineProperty(provider.AuthorizationCode.prototype, 'generateTokenId', { value: parts.newCode });
  provider.on('server_error', (ctx, error) => parts.onServerError(error, ctx));
  return provider;
}
