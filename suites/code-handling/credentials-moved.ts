/** The same code or token sent again with the client's credentials in another place: a client that probes what the server takes. */
import type { TokenFacts } from '../../src/history/facts.ts';
import type { ExchangeRecord } from '../../src/history/query.ts';

type TokenRequest = ExchangeRecord<TokenFacts>;

/** Returns whether exactly one of the two requests carried the credentials in the header. */
export function moved(one: TokenRequest, other: TokenRequest): boolean {
  const inHeader = ({ facts }: TokenRequest): boolean => facts.auth.authorizationScheme === 'basic';
  return inHeader(one) !== inHeader(other);
}

/** Requests after the first that only repeat the one before them; those that probe are left out: they are CODE-10's. */
export function repetitions(requests: readonly TokenRequest[]): readonly TokenRequest[] {
  return requests.filter((request, index) => {
    const before = requests[index - 1];
    return before !== undefined && !moved(before, request);
  });
}
