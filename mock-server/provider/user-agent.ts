/** Implements the user-agent flow (RFC 6749 §4.2): tokens in the fragment. Internally it is the code flow, whose code stays in the mock. */
import type { ApprovedLogin } from '../oauth/codes.ts';
import type { Granted } from '../oauth/grant.ts';
import { issueTokens } from '../oauth/issue-tokens.ts';
import { startFamily } from '../oauth/new-family.ts';
import type { MockContext } from '../context.ts';
import { limitApprovals } from '../token-families/approvals.ts';

/** Issues the tokens of a login that was just approved. */
export async function issueInFragment(
  { user, scopes, nonce }: ApprovedLogin,
  responseType: string,
  context: MockContext,
): Promise<Granted> {
  const login = { user, scopes, refreshable: scopes.includes('refresh_token'), ...(nonce !== undefined && { nonce }) };
  const family = await startFamily(login, context);
  if (family === undefined) throw new Error('A new token family had the id of another one.');
  await limitApprovals(family, context);
  return issueTokens(family, context, { hybrid: responseType === 'hybrid_token' });
}
