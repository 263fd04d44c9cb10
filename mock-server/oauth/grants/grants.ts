/** The grants that are not about codes and refresh tokens, as oidc-provider is told of them. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { setOutcome, type Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { clientCredentials } from './client-credentials.ts';
import { device } from './device.ts';
import { jwtBearer } from './jwt-bearer.ts';
import {
  CLIENT_CREDENTIALS,
  DEVICE,
  JWT_BEARER,
  PASSWORD,
  SAML_ASSERTION,
  SAML_BEARER,
  TOKEN_EXCHANGE,
} from './names.ts';
import { samlAssertion, samlBearer } from './saml.ts';
import { password } from './password.ts';
import { tokenExchange } from './token-exchange.ts';

export interface OtherGrant {
  /** As it stands in `grant_type`. */
  readonly name: string;
  readonly parameters: readonly string[];
  readonly handler: (parts: MockContext) => (ctx: TokenEndpointGrantContext) => Promise<void>;
}

const grant = (
  name: string,
  parameters: readonly string[],
  answer: (ctx: TokenEndpointGrantContext, parts: MockContext) => Promise<Outcome>,
): OtherGrant => ({
  name,
  parameters,
  handler: (parts) => async (ctx) => {
    setOutcome(ctx, await answer(ctx, parts));
    ctx.body = {};
  },
});

export const OTHER_GRANTS: readonly OtherGrant[] = [
  grant(CLIENT_CREDENTIALS, [], clientCredentials),
  grant(JWT_BEARER, ['assertion'], jwtBearer),
  grant(TOKEN_EXCHANGE, ['subject_token', 'subject_token_type', 'actor_token'], tokenExchange),
  grant(SAML_BEARER, ['assertion'], samlBearer),
  grant(SAML_ASSERTION, ['assertion', 'assertion_type'], samlAssertion),
  grant(DEVICE, ['code'], device),
  grant(PASSWORD, ['username', 'password'], password),
];
