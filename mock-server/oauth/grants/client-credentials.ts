/** The client credentials flow (RFC 6749 §4.4) as Salesforce has it: as one user, on My Domain only, without a refresh token. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import type { Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { grantNew, refused } from './new-family.ts';

export async function clientCredentials(ctx: TokenEndpointGrantContext, parts: MockContext): Promise<Outcome> {
  const { app, host, switches } = parts;
  if (host === 'login' || host === 'test') return refused('domain');
  // A public client has nothing to prove itself with.
  if (app.client === 'public') return refused('client-credentials');
  if (!switches.clientCredentialsFlow) return refused('flow-disabled');
  if (switches.runAsUser === '') return refused('no-run-as-user');
  // `full`, `web` and `refresh_token` are never given to it (facts, section 2.3).
  return grantNew(ctx, { user: switches.runAsUser, scopes: ['id', 'api'], refreshable: false }, parts);
}
