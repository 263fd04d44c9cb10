/** Refuses Salesforce's SAML assertion flow, in which an identity provider signs for a user without an app. The mock has no certificate of
 * an identity provider, so every assertion is refused as one that cannot be verified. */
import { refused, type Grant } from '../grant.ts';

const SINGLE_SIGN_ON = 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser';

export default {
  names: ['assertion'],
  parameters: ['assertion', 'assertion_type'],
  needsSecret: false,
  needsClientId: false,
  decide: async ({ parameter }) =>
    refused(parameter('assertion_type') === SINGLE_SIGN_ON ? 'assertion' : 'assertion-type'),
} satisfies Grant;
