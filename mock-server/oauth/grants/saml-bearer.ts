/** Refuses the SAML bearer flow (RFC 7522 §2.1), in which the app signs for a user. The mock has no certificate of an identity provider,
 * so every assertion is refused as one that cannot be verified. */
import { refused, type Grant } from '../grant.ts';

export default {
  names: ['urn:ietf:params:oauth:grant-type:saml2-bearer'],
  parameters: ['assertion'],
  needsSecret: false,
  needsClientId: false,
  decide: async () => refused('assertion'),
} satisfies Grant;
