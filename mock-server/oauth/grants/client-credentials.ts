/** Implements the client credentials flow (RFC 6749 §4.4) like Salesforce: as one user, on My Domain only, without a refresh token. */
import type { MockContext } from '../../context.ts';
import { refused, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { grantNew } from '../new-family.ts';

export default {
  names: ['client_credentials'],
  parameters: [],
  decide: clientCredentials,
} satisfies Grant;

async function clientCredentials(_request: GrantRequest, context: MockContext): Promise<GrantResult> {
  const { app, host, switches } = context;
  if (host === 'login' || host === 'test') return refused('domain');
  // A public client has no credentials.
  if (app.client === 'public') return refused('client-credentials');
  if (!switches.clientCredentialsFlow) return refused('flow-disabled');
  if (switches.runAsUser === '') return refused('no-run-as-user');
  // Salesforce never gives it `full`, `web` and `refresh_token`.
  return grantNew({ user: switches.runAsUser, scopes: ['id', 'api'], refreshable: false }, context);
}
