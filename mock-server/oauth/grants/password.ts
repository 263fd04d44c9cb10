/** Implements the username-password flow (RFC 6749 §4.3): blocked by default since Summer '23, and always for External Client Apps. */
import { refusal } from '../../salesforce/denial.ts';
import { MOCK_PASSWORD, USER_NAME } from '../../salesforce/org.ts';
import type { MockContext } from '../../context.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { grantNew } from '../new-family.ts';

/** The only fields of the answer. */
const FIELDS = ['access_token', 'instance_url', 'id', 'token_type', 'issued_at', 'signature'];

export default {
  names: ['password'],
  parameters: ['username', 'password'],
  decide: password,
} satisfies Grant;

async function password({ parameter }: GrantRequest, context: MockContext): Promise<GrantResult> {
  const username = parameter('username');
  if (!context.switches.passwordFlow || !USER_NAME.test(username)) return refused('authentication-failure');
  if (parameter('password') !== MOCK_PASSWORD) {
    const errorDescription = context.switches.wrongPasswordText;
    return refusedAs({ ...refusal('authentication-failure'), errorDescription });
  }
  const { name: user } = context.org.named(username);
  return grantNew({ user, scopes: ['api', 'id'], refreshable: false }, context, { fields: FIELDS });
}
