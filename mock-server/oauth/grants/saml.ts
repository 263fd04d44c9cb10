/** The flows with SAML assertions. The mock knows no identity provider and no certificate of one, so that to it no assertion is valid:
 * it says what the platform says of one that it cannot verify. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import type { Outcome } from '../grant.ts';
import { refused } from './new-family.ts';

const SINGLE_SIGN_ON = 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser';

/** RFC 7522 §2.1: the app signs for a user. */
export const samlBearer = async (): Promise<Outcome> => refused('assertion');

/** Salesforce's own: an identity provider signs for a user, and there is no app at all. */
export async function samlAssertion(
  ctx: TokenEndpointGrantContext<{ readonly assertion_type?: string }>,
): Promise<Outcome> {
  return refused(ctx.oidc.params.assertion_type === SINGLE_SIGN_ON ? 'assertion' : 'assertion-type');
}
