/** Issues and finds authorization codes (RFC 6749 §4.1.2). A code carries the id of the family that it will begin; its login is stored
 * until it is redeemed. */
import { randomBytes } from 'node:crypto';
import type { MockContext } from '../context.ts';

/** A login that the user has approved. */
export interface ApprovedLogin {
  /** The user's name on the mock: `U1`. */
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** The S256 challenge; undefined for a login without PKCE. */
  readonly challenge?: string | undefined;
  /** Nonce of an OpenID Connect login. */
  readonly nonce?: string | undefined;
  /** Thumbprint of the key that the client will prove (RFC 9449 §10). */
  readonly jkt?: string | undefined;
}

type CodeContext = Pick<MockContext, 'tokenCodec' | 'models' | 'switches' | 'clock'>;

/** Issues a code for a login. */
export async function issueCode(login: ApprovedLogin, context: CodeContext): Promise<string> {
  const { tokenCodec, models, switches, clock } = context;
  const family = randomBytes(8).toString('hex');
  // The store drops old entries; the code itself decides when it expires.
  await models.put('Code', family, { login }, Math.ceil(switches.codeMs / 1000) + 1);
  return tokenCodec.code({ family, issuedAt: Math.floor(clock() / 1000) });
}

/** The result of looking up a code. */
export type FoundCode =
  /** Not a code of this org. */
  | { readonly kind: 'foreign' }
  /** Redeemed, or too old. */
  | { readonly kind: 'gone'; readonly family: string }
  | { readonly kind: 'valid'; readonly family: string; readonly login: ApprovedLogin };

/** Finds the login of a code. `family` is the id of the family that the code begins. */
export async function findCode(raw: string, context: CodeContext): Promise<FoundCode> {
  const { tokenCodec, models, switches, clock } = context;
  const claims = tokenCodec.readCode(raw);
  if (claims === null) return { kind: 'foreign' };
  const { family, issuedAt } = claims;
  const expired = clock() - issuedAt * 1000 >= switches.codeMs;
  const login = expired ? undefined : (await models.get('Code', family))?.['login'];
  return login === undefined ? { kind: 'gone', family } : { kind: 'valid', family, login: login as ApprovedLogin };
}

/** Deletes the login of a redeemed code. */
export const dropCode = (family: string, { models }: Pick<MockContext, 'models'>): Promise<void> =>
  models.remove('Code', family);
