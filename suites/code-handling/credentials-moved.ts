/** Finds requests that repeat a code or token with the client's credentials in another place, as a client does that probes which placement
 * the server accepts. */
import type { TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord } from '../../src/history/query.ts';

type TokenRequest = ExchangeRecord<TokenFacts>;

/** Returns whether exactly one of the two requests carried the credentials in the Authorization header. */
export function moved(one: TokenRequest, other: TokenRequest): boolean {
  const inHeader = ({ facts }: TokenRequest): boolean => facts.auth.authorizationScheme === 'basic';
  return inHeader(one) !== inHeader(other);
}

/** Returns the requests after the first that repeat the one before them unchanged. Requests that probe credential placement are left out:
 * CODE-10 judges them. */
export function repetitions(requests: readonly TokenRequest[]): readonly TokenRequest[] {
  return requests.filter((request, index) => {
    const before = requests[index - 1];
    return before !== undefined && !moved(before, request);
  });
}
