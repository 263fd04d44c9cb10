/** Redeems a code (RFC 6749 §4.1.3, RFC 7636 §4.6). One code gives one family, however many requests arrive at once. */
import { createHash } from 'node:crypto';
import { denial, refusal, verifierSituation, type Denial } from '../../salesforce/denial.ts';
import type { MockContext } from '../../context.ts';
import { limitApprovals } from '../../token-families/approvals.ts';
import { newFamily, revoked } from '../../token-families/family.ts';
import { dropCode, findCode } from '../codes.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type GrantResult } from '../grant.ts';
import { issueTokens } from '../issue-tokens.ts';

export default {
  names: ['authorization_code', 'hybrid_auth_code'],
  parameters: ['code', 'redirect_uri', 'code_verifier'],
  boundKey: async ({ parameter }, context) => {
    const code = await findCode(parameter('code'), context);
    return code.kind === 'valid' ? code.login.jkt : undefined;
  },
  bindsKey: true,
  decide: exchangeCode,
} satisfies Grant;

async function exchangeCode(request: GrantRequest, context: MockContext): Promise<GrantResult> {
  const { tokenFamilies, switches, clock, app } = context;
  const { parameter, provenKey: jkt } = request;
  const code = await findCode(parameter('code'), context);
  if (code.kind === 'foreign') return refused('foreign-code');
  if (code.kind === 'gone') return refusedAs(await usedOrExpired(code.family, context));
  const { login, family: id } = code;
  const redirectUri = parameter('redirect_uri');
  if (redirectUri === '') return refusedAs(denial('redirect-missing', 'redirect-missing'));
  if (redirectUri !== login.redirectUri) return refusedAs(denial('redirect-mismatch', 'redirect-mismatch'));

  const { user, scopes, nonce } = login;
  const refreshable = scopes.includes('refresh_token');
  const family = newFamily(
    { id, label: '', clientId: app.clientId, user, scopes, refreshable, ...(nonce && { nonce }), ...(jkt && { jkt }) },
    clock(),
  );
  if (context.mode() !== 'observing' && !verifies(parameter('code_verifier'), login.challenge, switches)) {
    if (switches.burnCodeOnWrongVerifier) {
      await tokenFamilies.create({ ...family, state: 'burnt' });
      await dropCode(id, context);
    }
    return refusedAs(denial('wrong-verifier', verifierSituation(switches.wrongVerifier), { ground: 'SF-PKCE-TOKEN' }));
  }
  const denied = context.userStatuses.denial(user, 'token');
  if (denied !== undefined) return refusedAs(denied);
  const born = { ...family, label: await tokenFamilies.label() };
  if (!(await tokenFamilies.create(born))) return refusedAs(await usedOrExpired(id, context));
  await dropCode(id, context);
  await limitApprovals(born, context);
  return issueTokens(born, context, { hybrid: request.grantType === 'hybrid_auth_code' });
}

/** Verifies S256 only. The policy decides on the length of the verifier. */
function verifies(
  verifier: string,
  challenge: string | undefined,
  { verifierAlphabet }: MockContext['switches'],
): boolean {
  if (verifier === '' || challenge === undefined) return false;
  if (verifierAlphabet !== 'unreserved' && !/^[\w-]*$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** Returns the denial of a code that no longer exists: it was redeemed, invalidated or has expired. Redeeming a code again may revoke its
 * tokens (RFC 6749 §4.1.2). */
async function usedOrExpired(id: string, { tokenFamilies, mode, switches }: MockContext): Promise<Denial> {
  const family = await tokenFamilies.read(id);
  if (family !== undefined && switches.codeReuseRevokes && mode() !== 'observing') {
    await tokenFamilies.change(id, (current) => ({ next: revoked(current, 'code-reuse'), result: undefined }));
  }
  return refusal('expired-code');
}
