/** Serves the token endpoint (RFC 6749 §3.2): the policy, then the grant. */
import { tokenRefusal } from '../salesforce/refusal.ts';
import { tokenReply } from '../salesforce/token-answer.ts';
import { checkProof, type ProofCheck } from '../dpop/token-request.ts';
import type { MockContext } from '../context.ts';
import type { Arrival, Endpoint } from '../endpoint.ts';
import { judgeToken } from '../policy/policy.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { measureClient } from '../recorder/measure/client.ts';
import type { Reply } from '../reply.ts';
import { clientAssertion } from './assertion.ts';
import { startAtDevice } from './device-start.ts';
import { refused, refusedAs, type Grant, type GrantRequest, type Refused } from './grant.ts';
import { denialForRepeated, grantOf, parameterOf } from './token-request.ts';

/** The endpoint `/services/oauth2/token`. */
export const tokenEndpoint: Endpoint = { answer: token, arrival };

/** Returns whether a device requests its codes here. */
const startsDevice = (exchange: Exchange): boolean =>
  grantOf(exchange) === undefined &&
  exchange.method === 'POST' &&
  parameterOf(exchange, 'response_type') === 'device_code';

/** Returns the refresh token of a refresh; null in other requests. */
const refreshTokenOf = (exchange: Exchange): string | null =>
  grantOf(exchange)?.names[0] === 'refresh_token' ? parameterOf(exchange, 'refresh_token') : null;

/** Describes a request for gates and faults, which know code exchanges and refreshes. A request without a known grant counts as a code
 * exchange. */
function arrival(exchange: Exchange, { redactor }: MockContext): Arrival | undefined {
  if (startsDevice(exchange)) return undefined;
  switch (grantOf(exchange)?.names[0]) {
    case 'refresh_token': {
      const sent = refreshTokenOf(exchange);
      const label = sent === null ? undefined : redactor.label('RT', sent).label;
      return { target: 'refresh', gate: 'refresh-request', token: label };
    }
    case 'authorization_code':
    case undefined:
      return { target: 'code', gate: 'code-request' };
    default:
      return undefined;
  }
}

async function token(
  exchange: Exchange,
  context: MockContext,
  { rotates }: { readonly rotates: boolean },
): Promise<Reply> {
  if (startsDevice(exchange)) return startAtDevice(exchange, context);
  const grant = grantOf(exchange);
  const refresh = grant?.names[0] === 'refresh_token';
  const checked = await checkRequest(exchange, grant, rotates, context);
  if (checked.kind === 'refused') noteRefusal(exchange, context);
  const result = checked.kind === 'refused' ? checked : await checked.grant.decide(checked.request, context);
  if (result.kind === 'refused') {
    return { ...tokenRefusal(exchange, result.denial, result.headers), gates: refresh ? ['refresh-refusal'] : [] };
  }
  const { answer, issued } = result;
  return { ...tokenReply(exchange, answer), issued, gates: refresh ? ['refresh-answer'] : [] };
}

type Checked = Refused | { readonly kind: 'allowed'; readonly grant: Grant; readonly request: GrantRequest };

/** Checks everything that may refuse a request before its grant reads codes and tokens. */
async function checkRequest(
  exchange: Exchange,
  grant: Grant | undefined,
  rotates: boolean,
  context: MockContext,
): Promise<Checked> {
  const { facts, form, method, incoming } = exchange;
  if (method !== 'POST') return refused('use-post');
  if (facts.kind !== 'token' || grant === undefined) return refused('grant-type');
  const { app, switches } = context;
  const mode = context.mode();
  const parameter = (name: string) => parameterOf(exchange, name) ?? '';
  const assertion = facts.auth.assertion ? await clientAssertion(form, context) : undefined;
  // Measured again: the secret may have been changed while the request was held.
  const auth = measureClient(exchange, app);
  const denied = judgeToken(
    { ...facts, auth, grantType: grant.names[0] },
    { app, mode, switches, grant, scope: parameterOf(exchange, 'scope'), ...(assertion && { assertion }) },
  );
  if (denied !== undefined) return refusedAs(denied);
  const proof = await checkProofOf(exchange, grant, parameter, context);
  if (proof.kind === 'refused') return proof;
  const repeated = denialForRepeated(exchange, grant, mode);
  if (repeated !== undefined) return refusedAs(repeated);
  const address = exchange.source ?? incoming.socket.remoteAddress;
  const request = { grantType: parameter('grant_type'), parameter, provenKey: proof.jkt, rotates, address, exchange };
  return { kind: 'allowed', grant, request };
}

/** Checks the DPoP proof of a grant that supports one. */
async function checkProofOf(
  exchange: Exchange,
  { boundKey, bindsKey: binds = false }: Grant,
  parameter: GrantRequest['parameter'],
  context: MockContext,
): Promise<ProofCheck> {
  if (context.switches.dpop === 'off' || boundKey === undefined) return { kind: 'accepted', jkt: undefined };
  return checkProof(exchange, { binds, expected: await boundKey({ parameter }, context) }, context);
}

/** Records that a refresh was refused before its token was read. */
function noteRefusal(exchange: Exchange, { record, redactor }: MockContext): void {
  const { facts, number } = exchange;
  const sent = refreshTokenOf(exchange);
  if (sent === null) return;
  const { family } = (facts.kind === 'token' ? facts.refreshToken : null) ?? { family: null };
  const presented = redactor.label('RT', sent);
  record({ kind: 'rotation', exchange: number, family, presented, outcome: 'refused' });
}
