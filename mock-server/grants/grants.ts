/** The grants that are not about codes and refresh tokens, as oidc-provider is told of them. */
import type { TokenEndpointGrantContext } from 'oidc-provider';
import type { Parts } from '../parts.ts';

export interface OtherGrant {
  /** As it stands in `grant_type`. */
  readonly name: string;
  readonly parameters: readonly string[];
  readonly handler: (parts: Parts) => (ctx: TokenEndpointGrantContext) => Promise<void>;
}

export const OTHER_GRANTS: readonly OtherGrant[] = [];
