/** The user-agent flow (RFC 6749 §4.2): tokens in the fragment. Inside it is the code flow, whose code never leaves the mock. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { hybridFields } from '../salesforce/site.ts';
import type { MockContext } from '../context.ts';
import { limitApprovals } from '../token-families/approvals.ts';
import { newFamily } from '../token-families/family.ts';
import { granted, type Outcome } from '../oauth/grant.ts';

/** Redeems a code that was made a moment ago for its own sign-in. */
export async function redeemInside(
  ctx: KoaContextWithOIDC,
  raw: string,
  responseType: string,
  parts: MockContext,
): Promise<Outcome> {
  const { provider, tokenFamilies, tokenCodec, clock } = parts;
  const code = await provider.AuthorizationCode.find(raw);
  const mark = tokenCodec.readCode(raw);
  if (code === undefined || mark === null) throw new Error('oidc-provider gave a code that it does not know');
  const scopes = (code.scope ?? '').split(' ').filter(Boolean);
  const family = newFamily(
    {
      id: mark.family,
      label: await tokenFamilies.label(),
      clientId: parts.app.clientId,
      user: code.accountId ?? '',
      scopes,
      refreshable: scopes.includes('refresh_token'),
      ...(code.nonce !== undefined && { nonce: code.nonce }),
    },
    clock(),
  );
  await tokenFamilies.create(family);
  await code.destroy();
  await limitApprovals(family, parts);
  const style = responseType === 'hybrid_token' ? { extra: hybridFields(parts) } : undefined;
  return granted(ctx, family, parts, true, style);
}
