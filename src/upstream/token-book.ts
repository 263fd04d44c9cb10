/** Tracks the org's tokens: families and their newest tokens, like the mock's, learned from its answers. A token issued before the
 * recording began is unknown until an answer shows that it is valid. */
import { createBoundedMap, digestOf, type Exchange, type Issued, type TokenLookup } from '../../mock-server/gateway.ts';
import type { FamilyView, MockOptions } from '../../mock-server/mock.ts';
import type { Rotation } from '../history/event.ts';
import type { Fields } from './token-fields.ts';

/** Most tokens and families that are remembered. */
const MOST = 20_000;

interface Family {
  readonly id: string;
  readonly user: string;
  alive: boolean;
  /** Generation of the newest refresh token. */
  head: number;
  /** Generation of the newest access token. */
  access: number;
}

interface KnownRefreshToken {
  readonly family: Family;
  readonly generation: number;
}

interface KnownAccessToken {
  readonly family: Family | undefined;
  readonly generation: number;
  /** Whether the org has refused it. */
  refused: boolean;
}

/** A token request of the client and the org's answer. */
export interface TokenExchange {
  readonly exchange: Pick<Exchange, 'number' | 'form' | 'query'>;
  readonly status: number;
  readonly fields: Fields;
}

/** The known tokens of the org. */
export interface TokenBook extends TokenLookup {
  /** Learns from an answer of the token endpoint and returns the issued tokens. Records rotations and new families. */
  learnTokens(answered: TokenExchange): Issued | undefined;
  /** Records that the gateway refused a refresh, because it holds the answer to another one with the same token. */
  refuseInFlight(exchange: TokenExchange['exchange']): void;
  /** Learns that the org has revoked a token. */
  learnRevocation(raw: string): void;
  /** Learns whether the org accepted an access token. */
  learnSession(raw: string, refused: boolean): void;
  /** Expires every access token seen so far, at the gateway only.
   * @param family label; default: all */
  expire(family?: string): void;
  /** Returns whether the gateway has expired an access token. */
  expiredHere(raw: string): boolean;
  families(): readonly FamilyView[];
}

/** Creates a book without tokens. */
export function createTokenBook(options: Pick<MockOptions, 'record' | 'redactor' | 'correlation'>): TokenBook {
  const { record, redactor } = options;
  const known = createKnownTokens(options);
  const { refreshTokens, accessTokens, families, expired, createFamily, end, addAccessToken, addRefreshToken } = known;

  /** Learns from a successful refresh. */
  const rotated = (sent: string, fields: Fields, number: number): Issued => {
    const { access_token: accessToken, refresh_token: returned } = fields;
    const known = refreshTokens.get(digestOf(sent));
    const family = known?.family ?? createFamily(fields);
    if (known === undefined) addRefreshToken(sent, family, 0);
    const successor = returned === sent ? undefined : returned;
    const replayed = successor !== undefined && refreshTokens.has(digestOf(successor));
    if (successor !== undefined && !replayed) addRefreshToken(successor, family, family.head + 1);
    if (accessToken !== undefined) addAccessToken(accessToken, family);
    record({
      ...{ kind: 'rotation', exchange: number, family: family.id, presented: redactor.label('RT', sent) },
      outcome: replayed ? 'replayed' : 'rotated',
      ...(successor !== undefined && { successor: redactor.label('RT', successor) }),
    });
    return issuedOf(fields, family, successor);
  };

  const refused = (sent: string, fields: Fields, number: number): void => {
    const known = refreshTokens.get(digestOf(sent));
    const outcome = refusalOf(known, fields);
    if (outcome === 'dead' && known !== undefined) end(known.family);
    record({
      ...{ kind: 'rotation', exchange: number, family: known?.family.id ?? null },
      ...{ presented: redactor.label('RT', sent), outcome },
    });
  };

  return {
    partial: true,
    ...lookupIn(known),
    learnTokens({ exchange, status, fields }) {
      const parameter = (name: string): string | null => exchange.form.get(name) ?? exchange.query.get(name);
      const sent = parameter('grant_type') === 'authorization_code' ? null : parameter('refresh_token');
      const granted = status === 200 && fields['access_token'] !== undefined;
      if (sent !== null && sent !== '') {
        if (granted) return rotated(sent, fields, exchange.number);
        refused(sent, fields, exchange.number);
        return undefined;
      }
      if (!granted) return undefined;
      const family = createFamily(fields);
      const { access_token: accessToken = '', refresh_token: refreshToken } = fields;
      addAccessToken(accessToken, family);
      if (refreshToken !== undefined) addRefreshToken(refreshToken, family, 0);
      return issuedOf(fields, family, refreshToken);
    },
    refuseInFlight({ number, form, query }) {
      const sent = form.get('refresh_token') ?? query.get('refresh_token') ?? '';
      refused(sent, { error: 'invalid_grant', error_description: 'already being processed' }, number);
    },
    learnRevocation(raw) {
      const refresh = refreshTokens.get(digestOf(raw));
      if (refresh !== undefined) end(refresh.family, 'revocation');
      const access = accessTokens.get(digestOf(raw));
      if (access !== undefined) access.refused = true;
    },
    learnSession(raw, denied) {
      const known = accessTokens.get(digestOf(raw));
      if (known === undefined) accessTokens.set(digestOf(raw), { family: undefined, generation: -1, refused: denied });
      else known.refused = denied;
    },
    expire(label) {
      for (const [key, { family }] of accessTokens.entries()) {
        if (label === undefined || family?.id === label) expired.set(key, true);
      }
    },
    expiredHere: (raw) => expired.has(digestOf(raw)),
    families: () => [...families.values()].map(({ id, user, alive, head }) => ({ id, user, alive, generation: head })),
  };
}

/** The tokens, families and users seen so far. */
type KnownTokens = ReturnType<typeof createKnownTokens>;

/** Creates empty tables and the functions that fill them. Records the beginning and end of families. */
function createKnownTokens({ record, correlation }: Pick<MockOptions, 'record' | 'correlation'>) {
  const refreshTokens = createBoundedMap<string, KnownRefreshToken>(MOST);
  const accessTokens = createBoundedMap<string, KnownAccessToken>(MOST);
  const users = createBoundedMap<string, string>(MOST);
  const families = createBoundedMap<string, Family>(MOST);
  /** Access tokens that the gateway has expired. One that the org issues again is valid again. */
  const expired = createBoundedMap<string, true>(MOST);

  const createFamily = ({ id = '' }: Fields): Family => {
    const key = digestOf(id);
    const user = users.get(key) ?? `U${String(users.size + 1)}`;
    users.set(key, user);
    const family: Family = { id: `F#${String(correlation.nextFamily())}`, user, alive: true, head: 0, access: -1 };
    families.set(family.id, family);
    record({ kind: 'family', family: family.id, change: 'created', user });
    return family;
  };
  const end = (family: Family, reason?: 'revocation'): void => {
    if (!family.alive) return;
    family.alive = false;
    record({ kind: 'family', family: family.id, change: 'revoked', ...(reason !== undefined && { reason }) });
  };
  const addAccessToken = (raw: string, family: Family): void => {
    family.access += 1;
    expired.delete(digestOf(raw));
    accessTokens.delete(digestOf(raw));
    accessTokens.set(digestOf(raw), { family, generation: family.access, refused: false });
  };
  const addRefreshToken = (raw: string, family: Family, generation: number): void => {
    family.head = generation;
    refreshTokens.set(digestOf(raw), { family, generation });
  };
  return { refreshTokens, accessTokens, families, expired, createFamily, end, addAccessToken, addRefreshToken };
}

/** Returns the lookup of tokens for the recorder's facts. */
function lookupIn({
  refreshTokens,
  accessTokens,
  expired,
}: KnownTokens): Pick<TokenLookup, 'refreshToken' | 'accessToken'> {
  return {
    refreshToken: (raw) => {
      const known = refreshTokens.get(digestOf(raw));
      const { family, generation = -1 } = known ?? {};
      return Promise.resolve(
        family === undefined ? null : { family: family.id, generation, head: generation === family.head },
      );
    },
    accessToken: (raw) => {
      const known = accessTokens.get(digestOf(raw));
      return Promise.resolve({
        family: known?.family?.id ?? null,
        generation: known?.generation ?? -1,
        newest: known?.generation === known?.family?.access && known !== undefined,
        alive: known?.refused !== true && !expired.has(digestOf(raw)),
      });
    },
  };
}

function issuedOf(fields: Fields, { id: family, head, access }: Family, refreshToken: string | undefined): Issued {
  const { access_token: accessToken = '', id_token: idToken } = fields;
  return {
    ...{ accessToken, family, generation: refreshToken === undefined ? access : head },
    ...(refreshToken !== undefined && { refreshToken }),
    ...(idToken !== undefined && { idToken }),
  };
}

/** Returns what a refusal shows about the sent token, by Salesforce's error text. */
function refusalOf(known: KnownRefreshToken | undefined, fields: Fields): Rotation['outcome'] {
  if (fields['error'] !== 'invalid_grant') return 'refused';
  if ((fields['error_description'] ?? '').includes('already being processed')) return 'in-flight';
  if (known === undefined) return 'unknown';
  return known.generation === known.family.head ? 'dead' : 'reuse';
}
