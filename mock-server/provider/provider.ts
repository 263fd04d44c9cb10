/** Configures oidc-provider. It handles the authorization request, sign-in, consent and keys; the token endpoint and id_tokens are the mock's
 * own. */
import Provider from 'oidc-provider';
import type { JWK } from 'oidc-provider';
import type { Org } from '../salesforce/org.ts';
import { INNER_AUTHORIZE, ROUTES, SIGN_IN } from '../salesforce/route.ts';
import { SCOPES } from '../salesforce/scope.ts';
import { DPOP_JKT, INNER_REDIRECT_URI, REDIRECT_URI, RESPONSE_TYPE } from '../salesforce/authorization-query.ts';
import { DISPLAY, PERSON, QUESTION, SITE_PATH } from '../sign-in/parameters.ts';
import { createAdapters } from '../store/adapter.ts';
import type { ModelStore } from '../store/store.ts';

/** Options of `createProvider`. */
export interface ProviderOptions {
  /** The origin of one host. */
  readonly issuer: string;
  readonly clientId: string;
  readonly org: Org;
  readonly models: ModelStore;
  readonly machineAheadMs: () => number;
  readonly signingKey: JWK;
  /** Key of signed cookies. */
  readonly cookieKey: string;
  readonly onServerError: (error: unknown) => void;
}

const HOUR = 3600;
const YEAR = 365 * 24 * HOUR;

/** Creates the provider of one host; its state is in `models` only. */
export function createProvider(options: ProviderOptions): Provider {
  const { clientId, issuer, org } = options;
  const ttl = {
    AuthorizationCode: HOUR,
    Grant: YEAR,
    Interaction: HOUR,
    Session: HOUR,
  };
  const provider = new Provider(issuer, {
    adapter: createAdapters({ ...options, ttl }),
    clients: [
      {
        client_id: clientId,
        // The token endpoint is the mock's own and authenticates clients.
        token_endpoint_auth_method: 'none',
        redirect_uris: [INNER_REDIRECT_URI],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: [options.signingKey] },
    responseTypes: ['code'],
    scopes: [...SCOPES],
    claims: { openid: ['sub'] },
    // Passed through sign-in: see authorization-query.ts and sign-in/parameters.ts.
    extraParams: [RESPONSE_TYPE, REDIRECT_URI, DPOP_JKT, QUESTION, PERSON, SITE_PATH, DISPLAY],
    pkce: { required: () => false },
    routes: { authorization: INNER_AUTHORIZE, jwks: ROUTES.keys },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    findAccount: (_ctx, name) => ({
      accountId: name,
      claims: () => ({ sub: `${issuer}/id/${org.id}/${org.user(name).id}` }),
    }),
    interactions: { url: (_ctx, interaction) => `${SIGN_IN}/${interaction.uid}` },
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    cookies: {
      keys: [options.cookieKey],
      names: { session: 'sfmock_session', interaction: 'sfmock_interaction', resume: 'sfmock_resume' },
      // The mock has its own session (sign-in/person.ts): this cookie is never sent back, because no path is below this one.
      long: { path: '/sfmock', httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl,
    // Errors are returned as data: authorize.ts decides what the client sees.
    renderError: (ctx, out) => {
      ctx.body = { error: out.error, error_description: out.error_description };
    },
  });
  provider.on('server_error', (_ctx, error) => {
    options.onServerError(error);
  });
  return provider;
}
