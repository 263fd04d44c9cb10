/** The mock that most people use in tests, as its README starts it. */
import { OAuth2Server } from 'oauth2-mock-server';
import { CLIENT_ID, REDIRECT_URI, serve } from './serve.ts';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
const origin = server.issuer.url ?? '';
serve({
  authorizeUrl: `${origin}/authorize`,
  tokenUrl: `${origin}/token`,
  clientId: CLIENT_ID,
  redirectUri: REDIRECT_URI,
  scope: 'openid api refresh_token',
  browserHeaders: {},
});
