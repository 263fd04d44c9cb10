/** What the grants without a code have in common: they begin a family of their own. */
import { randomBytes } from 'node:crypto';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { refusal, type Denial } from '../../salesforce/denial.ts';
import { granted, type AnswerStyle, type Outcome } from '../grant.ts';
import type { MockContext } from '../../context.ts';
import { newFamily, type FamilyRecord } from '../../token-families/family.ts';

export const refused = (situation: Parameters<typeof refusal>[0]): Outcome => refusedAs(refusal(situation));
export const refusedAs = (denial: Denial): Outcome => ({ kind: 'refused', denial });

export interface NewLogin {
  readonly user: string;
  readonly scopes: readonly string[];
  /** Gives a refresh token when the scope for it is there. */
  readonly refreshable: boolean;
  /** False: its refresh token will stay the same. */
  readonly rotates?: false;
  /** 16 hexadecimal digits; of all families with one id only the first is made. Default: a new one. */
  readonly id?: string;
}

/** Undefined when a family of that id was there before. */
export async function beginFamily(
  login: NewLogin,
  { tokenFamilies, app, clock }: MockContext,
): Promise<FamilyRecord | undefined> {
  const { id = randomBytes(8).toString('hex'), ...rest } = login;
  const label = await tokenFamilies.label();
  const family = newFamily({ ...rest, id, label, clientId: app.clientId }, clock());
  return (await tokenFamilies.create(family)) ? family : undefined;
}

/** Tokens for a new family. */
export async function grantNew(
  ctx: TokenEndpointGrantContext,
  login: NewLogin,
  parts: MockContext,
  style: AnswerStyle = {},
): Promise<Outcome> {
  const barred = parts.userStatuses.denial(login.user, 'token');
  if (barred !== undefined) return refusedAs(barred);
  const family = await beginFamily(login, parts);
  return family === undefined ? refused('dead-token') : granted(ctx, family, parts, true, style);
}

/** The scopes that a user has approved for the app, without the one for refresh tokens; undefined: no approval.
 * An administrator may have approved for all. */
export function approvedScopes(
  user: string,
  { tokenFamilies, app, switches }: MockContext,
): readonly string[] | undefined {
  const families = tokenFamilies.known().filter((one) => one.user === user && one.clientId === app.clientId);
  const approved = families.findLast((one) => one.state === 'alive' && one.refreshable)?.scopes;
  const scopes = approved ?? (switches.preAuthorized ? ['api', 'id'] : undefined);
  return scopes?.filter((scope) => scope !== 'refresh_token');
}
