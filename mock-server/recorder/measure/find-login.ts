/** Finds the login of a code that was issued by a server whose redirects are not recorded here. */
import { digestOf, type Login, type RequestCorrelation } from '../correlation.ts';
import { s256 } from './challenge-variant.ts';

/** The result of `findLogin`. */
export interface FoundLogin {
  readonly login: Login | null;
  /** Number of logins whose code was not redeemed. */
  readonly open: number;
}

/** Returns the newest open login whose challenge is the S256 of the verifier (RFC 7636 §4.6), else the only open login.
 * @param verifier null when the token request has none */
export function findLogin(
  verifier: string | null,
  { logins, challenges, codes }: Pick<RequestCorrelation, 'logins' | 'challenges' | 'codes'>,
): FoundLogin {
  const redeemed = new Set([...codes.values()].flatMap(({ login }) => login?.seq ?? []));
  const open = [...logins.values()].filter(({ seq }) => !redeemed.has(seq));
  const matching = new Set(verifier === null ? [] : challenges.get(digestOf(s256(verifier))));
  const login = open.findLast(({ seq }) => matching.has(seq)) ?? (open.length === 1 ? open[0] : undefined);
  return { login: login ?? null, open: open.length };
}
