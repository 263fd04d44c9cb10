/** oidc-provider by itself: opaque tokens, a new refresh token at each refresh, its own memory for a store, sign-in by itself. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { signingKey } from '../../mock-server/salesforce/signing-key.ts';
import { CLIENT_ID, REDIRECT_URI, serve } from './serve.ts';

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
const scope = process.argv.includes('openid') ? 'openid api refresh_token' : 'api refresh_token';

const provider: Provider = new Provider(origin, {
  clients: [
    {
      client_id: CLIENT_ID,
      token_endpoint_auth_method: 'none',
      redirect_uris: [REDIRECT_URI],
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: 'RS256',
    },
  ],
  jwks: { keys: [(await signingKey()).jwk] },
  scopes: ['openid', 'api', 'refresh_token'],
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: CLIENT_ID, accountId: ctx.oidc.session?.accountId ?? 'U1' });
    grant.addOIDCScope(scope);
    await grant.save();
    return grant;
  },
  cookies: { keys: ['bench'] },
  ttl: {
    AccessToken: 7200,
    AuthorizationCode: 900,
    Grant: 86_400,
    IdToken: 3600,
    Interaction: 3600,
    RefreshToken: 86_400,
    Session: 3600,
  },
});
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/sign-in/')) {
    await next();
    return;
  }
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: 'U1' }, consent: {} });
  ctx.respond = false;
});
const handler = provider.callback();
server.on('request', (request, response) => void handler(request, response));
serve({
  authorizeUrl: `${origin}/auth`,
  tokenUrl: `${origin}/token`,
  clientId: CLIENT_ID,
  redirectUri: REDIRECT_URI,
  scope,
  browserHeaders: {},
});
