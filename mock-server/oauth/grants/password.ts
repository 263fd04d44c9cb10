/** The username-password flow (RFC 6749 §4.3): blocked by default since Summer '23, and always for External Client Apps. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { USER_NAME } from '../../salesforce/org.ts';
import type { Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { grantNew, refused } from './new-family.ts';

/** Of every user of the mock; nobody's real one. */
export const MOCK_PASSWORD = 'password';

const FIELDS = ['access_token', 'instance_url', 'id', 'token_type', 'issued_at', 'signature'];

interface Parameters {
  readonly username?: string;
  readonly password?: string;
}

export async function password(ctx: TokenEndpointGrantContext<Parameters>, parts: MockContext): Promise<Outcome> {
  const { username = '', password: given } = ctx.oidc.params;
  if (!parts.switches.passwordFlow || !USER_NAME.test(username)) return refused('authentication-failure');
  if (given !== MOCK_PASSWORD) return refused('wrong-password');
  const { name: user } = parts.org.named(username);
  return grantNew(ctx, { user, scopes: ['api', 'id'], refreshable: false }, parts, { fields: FIELDS });
}
