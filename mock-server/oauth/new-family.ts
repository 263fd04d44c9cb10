/** Starts token families for the grants that begin one. */
import { randomBytes } from 'node:crypto';
import type { MockContext } from '../context.ts';
import { newFamily, type FamilyRecord } from '../token-families/family.ts';
import { refused, refusedAs, type GrantResult } from './grant.ts';
import { issueTokens, type IssueOptions } from './issue-tokens.ts';

/** A login for which a new family is started. */
export interface NewLogin {
  readonly user: string;
  readonly scopes: readonly string[];
  /** Whether the family has a refresh token. */
  readonly refreshable: boolean;
  /** False: its refresh token stays the same. */
  readonly rotates?: false;
  readonly nonce?: string;
  /** 16 hexadecimal digits; of several families with one id only the first is created. Default: a new one. */
  readonly id?: string;
}

/** Stores a new family. Resolves with undefined when there was one with that id. */
export async function startFamily(
  login: NewLogin,
  { tokenFamilies, app, clock }: MockContext,
): Promise<FamilyRecord | undefined> {
  const { id = randomBytes(8).toString('hex'), ...rest } = login;
  const label = await tokenFamilies.label();
  const family = newFamily({ ...rest, id, label, clientId: app.clientId }, clock());
  return (await tokenFamilies.create(family)) ? family : undefined;
}

/** Grants tokens of a new family, unless the user's status forbids it. */
export async function grantNew(login: NewLogin, context: MockContext, options?: IssueOptions): Promise<GrantResult> {
  const denied = context.userStatuses.denial(login.user, 'token');
  if (denied !== undefined) return refusedAs(denied);
  const family = await startFamily(login, context);
  return family === undefined ? refused('dead-token') : issueTokens(family, context, options);
}

/** Returns the scopes that a user, or an administrator for all, has approved for the app, without the one for refresh tokens; undefined
 * without approval. */
export function approvedScopes(
  user: string,
  { tokenFamilies, app, switches }: MockContext,
): readonly string[] | undefined {
  const families = tokenFamilies.known().filter((one) => one.user === user && one.clientId === app.clientId);
  const approved = families.findLast((one) => one.state === 'alive' && one.refreshable)?.scopes;
  const scopes = approved ?? (switches.preAuthorized ? ['api', 'id'] : undefined);
  return scopes?.filter((scope) => scope !== 'refresh_token');
}
