/** Reads the DPoP proofs (RFC 9449) of a client whose tokens are bound to a key. */
import type { Finding } from '../../src/grade/check.ts';
import { skip } from '../../src/grade/finding.ts';
import type { ProofFacts, ResourceFacts, TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord, ScenarioHistory } from '../../src/history/query.ts';

/** A request that needs a DPoP proof: it carries a token that is bound to a key, or redeems a code with a proof. */
export interface BoundRequest {
  readonly request: ExchangeRecord<TokenFacts> | ExchangeRecord<ResourceFacts>;
  readonly proof: ProofFacts | undefined;
  /** Label of the key that the token is bound to; undefined for a code. */
  readonly boundTo: string | undefined;
}

/** Message of the DPoP checks for a client that sends no proofs or whose tokens are not bound. */
export const NOT_USED = 'The client sends no DPoP proofs, or its tokens are not bound to a key (`mock.switches.dpop`).';

/** Returns the requests that need a proof, in order of arrival, with those that are answered by a nonce challenge; none when no token was
 * bound. */
export function boundRequests(scenario: ScenarioHistory): readonly BoundRequest[] {
  /** Label of the key that each token is bound to, by the label of the token. */
  const keys = new Map<string, string>();
  const found: BoundRequest[] = [];
  const answered: { readonly at: number; readonly remember: () => void }[] = [];
  for (const request of scenario.exchanges) {
    const due = answered.filter(({ at }) => at <= request.begunAt);
    for (const one of due) one.remember();
    answered.splice(0, answered.length, ...answered.filter((one) => !due.includes(one)));
    const { facts, response } = request;
    if (facts.kind !== 'token' && facts.kind !== 'resource') continue;
    const { dpop: proof } = facts;
    const sent = facts.kind === 'token' ? facts.refreshToken?.label : facts.accessToken?.label;
    const boundTo = sent === undefined ? undefined : keys.get(sent);
    if (boundTo !== undefined || (proof !== undefined && facts.kind === 'token')) {
      found.push({ request: { ...request, facts } as BoundRequest['request'], proof, boundTo });
    }
    const key = proof?.key ?? null;
    const { accessToken, refreshToken } = response?.issued ?? {};
    if (key === null || !/"token_type":"DPoP"/iu.test(response?.body ?? '')) continue;
    answered.push({
      at: request.endedAt,
      remember: () => {
        for (const token of [accessToken, refreshToken]) if (token !== undefined) keys.set(token.label, key);
      },
    });
  }
  return keys.size === 0 && answered.length === 0 ? [] : found;
}

/** Judges the requests of a scenario that need a proof; `skip` when there are none. */
export function judgeBound(
  scenario: ScenarioHistory,
  judge: (requests: readonly BoundRequest[]) => Finding | undefined,
): Finding | undefined {
  const requests = boundRequests(scenario);
  return requests.length === 0 ? skip(NOT_USED, []) : judge(requests);
}

/** Describes a request for a sentence: `a refresh`. */
export function kindOf({ facts }: BoundRequest['request']): string {
  if (facts.kind === 'resource') return 'an API request';
  return facts.refreshToken === null ? 'a code exchange' : 'a refresh';
}
