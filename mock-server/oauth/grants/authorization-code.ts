/** The code exchange (RFC 6749 §4.1.3, RFC 7636 §4.6). One code gives one family, however many come at once. */
import { createHash } from 'node:crypto';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { denial, refusal, verifierSituation, type Denial } from '../../salesforce/denial.ts';
import { provenKey } from '../../dpop/token-request.ts';
import type { MockContext } from '../../context.ts';
import { limitApprovals } from '../../token-families/approvals.ts';
import { newFamily, revoked, type FamilyRecord } from '../../token-families/family.ts';
import { hybridStyle } from '../../provider/hybrid.ts';
import { granted, setOutcome, type Outcome } from '../grant.ts';

interface Parameters {
  readonly code?: string;
  readonly redirect_uri?: string;
  readonly code_verifier?: string;
}

type GrantContext = TokenEndpointGrantContext<Parameters>;

/** The handler that oidc-provider calls once it knows the client. */
export const codeGrant = (parts: MockContext) => async (ctx: GrantContext) => {
  setOutcome(ctx, await exchangeCode(ctx, parts));
  ctx.body = {};
};

const refused = (denied: Denial): Outcome => ({ kind: 'refused', denial: denied });

async function exchangeCode(ctx: GrantContext, parts: MockContext): Promise<Outcome> {
  const { code: raw = '', redirect_uri: redirectUri, code_verifier: verifier } = ctx.oidc.params;
  const { tokenFamilies, switches, clock } = parts;
  const mark = parts.tokenCodec.readCode(raw);
  if (mark === null) return refused(refusal('foreign-code'));
  const id = mark.family;
  if (clock() - mark.issuedAt * 1000 >= switches.codeMs) return refused(await usedOrExpired(id, parts));
  const code = await parts.provider.AuthorizationCode.find(raw);
  if (code === undefined) return refused(await usedOrExpired(id, parts));
  if (redirectUri === undefined) return refused(denial('redirect-missing', 'redirect-missing'));
  if (redirectUri !== code.redirectUri) return refused(denial('redirect-mismatch', 'redirect-mismatch'));

  const jkt = provenKey(ctx);
  const scopes = (code.scope ?? '').split(' ').filter(Boolean);
  const family: FamilyRecord = {
    ...newFamily(
      {
        id,
        label: '',
        clientId: ctx.oidc.client.clientId,
        user: code.accountId ?? '',
        scopes,
        refreshable: scopes.includes('refresh_token'),
        ...(code.nonce !== undefined && { nonce: code.nonce }),
        ...(jkt !== undefined && { jkt }),
      },
      clock(),
    ),
  };
  const legible = switches.verifierAlphabet === 'unreserved' || /^[\w-]*$/.test(verifier ?? '');
  if (parts.mode() !== 'observing' && !(legible && matches(verifier, code.codeChallenge))) {
    if (switches.burnCodeOnWrongVerifier) await tokenFamilies.create({ ...family, state: 'burnt' });
    if (switches.burnCodeOnWrongVerifier) await code.destroy();
    return refused(denial('wrong-verifier', verifierSituation(switches.wrongVerifier)));
  }
  const barred = parts.userStatuses.denial(family.user, 'token');
  if (barred !== undefined) return refused(barred);
  const born = { ...family, label: await tokenFamilies.label() };
  if (!(await tokenFamilies.create(born))) return refused(await usedOrExpired(id, parts));
  await code.destroy();
  await limitApprovals(born, parts);
  return granted(ctx, born, parts, true, hybridStyle(ctx, parts));
}

/** S256 and nothing else. The length of the verifier is the policy's affair. */
function matches(verifier: string | undefined, challenge: string | undefined): boolean {
  if (verifier === undefined || challenge === undefined) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** A code that is no longer there: used, burnt or too old. The second use of a code may end what the first one gave. */
async function usedOrExpired(id: string, { tokenFamilies, mode, switches }: MockContext): Promise<Denial> {
  const family = await tokenFamilies.read(id);
  if (family === undefined) return refusal('expired-code');
  if (switches.codeReuseRevokes && mode() !== 'observing') {
    await tokenFamilies.change(id, (current) => ({ next: revoked(current, 'code-reuse'), result: undefined }));
  }
  return refusal('expired-code');
}
