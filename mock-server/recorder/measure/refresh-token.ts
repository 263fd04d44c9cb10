/** Measures a refresh or access token at the time of the request. */
import type { SentAccessToken, SentRefreshToken } from '../../../src/history/facts.ts';
import type { TokenLookup } from '../exchange.ts';
import type { SecretRedactor } from '../redaction/redactor.ts';

type Literal = NonNullable<SentRefreshToken['literal']>;

const LITERALS: Readonly<Record<string, Literal>> = {
  '': 'empty',
  undefined: 'undefined',
  null: 'null',
  NaN: 'NaN',
  '[object Object]': '[object Object]',
};

/** Longest literal with quotation marks and spaces; tokens are longer. */
const LONGEST_LITERAL = 64;

/** Returns the literal text that a client sends in place of a lost token, such as `null` or `undefined`, quoted or not. */
export function literalOf(raw: string): Literal | undefined {
  if (raw.length > LONGEST_LITERAL) return undefined;
  const text = raw.trim().replace(/^(["'])(.*)\1$/, '$2');
  return Object.hasOwn(LITERALS, text) ? LITERALS[text] : undefined;
}

/** Measures the refresh token of a request. @returns null when the request carries none. */
export async function measureRefreshToken(
  raw: string | null,
  redactor: SecretRedactor,
  book: TokenLookup,
): Promise<SentRefreshToken | null> {
  if (raw === null) return null;
  const literal = literalOf(raw);
  const known = literal ? null : await book.refreshToken(raw);
  return {
    ...redactor.label('RT', raw),
    family: known?.family ?? null,
    generation: known?.generation ?? -1,
    head: known?.head ?? false,
    ...(literal ? { literal } : {}),
    ...(!literal && known === null && book.partial === true ? { unseen: true as const } : {}),
  };
}

/** Measures the access token of a request. @returns null when the request carries none. */
export async function measureAccessToken(
  raw: string | null,
  redactor: SecretRedactor,
  book: TokenLookup,
): Promise<SentAccessToken | null> {
  if (raw === null) return null;
  const known = literalOf(raw) ? null : await book.accessToken(raw);
  return {
    ...redactor.label('AT', raw),
    family: known?.family ?? null,
    generation: known?.generation ?? -1,
    newest: known?.newest ?? false,
    alive: known?.alive ?? false,
  };
}
