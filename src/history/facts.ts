/** What is measured of a request while its raw values are still at hand. Checks read these; the raw values are forgotten. */
import type { Secret } from './label.ts';

/** How a client secret came in one place of a request. `empty`: the parameter is there with no value (RFC 6749 §2.3.1). */
export type SecretPresence = 'absent' | 'empty' | 'valid' | 'wrong';

export interface ClientAuthenticationFacts {
  /** The client identifier that was found, and where. */
  readonly clientId: { readonly in: 'body' | 'query' | 'basic' | 'assertion' | 'none'; readonly known: boolean };
  /** `client_secret` in the form body. */
  readonly body: SecretPresence;
  /** `client_secret` in the query of the URL (RFC 6749 §2.3.1 forbids it). */
  readonly query: SecretPresence;
  /** The password of `Authorization: Basic`; `absent` when the header is absent or has another scheme. */
  readonly basic: SecretPresence;
  /** `valid` only after form-decoding, as RFC 6749 §2.3.1 and Appendix B ask: `encoded`. `raw`: it matches undecoded only. */
  readonly basicEncoding?: 'encoded' | 'raw' | 'either';
  /** Scheme of the Authorization header in lower case, or null. */
  readonly authorizationScheme: string | null;
  /** A `client_assertion` is there. */
  readonly assertion: boolean;
}

/** The relation of a challenge to a verifier, when S256 does not hold (RFC 7636 §4.6). */
export type ChallengeVariant =
  | 'padding-kept'
  | 'standard-base64'
  | 'standard-base64-unpadded'
  | 'hex-digest'
  | 'hex-digest-upper'
  | 'base64url-of-hex-digest'
  | 'base64-of-hex-digest'
  | 'hash-of-hash'
  | 'plain'
  | 'verifier-is-challenge'
  | 'verifier-of-another-login'
  | 'sha1'
  | 'sha512'
  | 'md5'
  | 'hash-of-decoded-verifier'
  | 'line-break-hashed'
  | 'padding-hashed'
  | 'quotes-hashed'
  | 'utf16-encoded'
  | 'truncated'
  | 'lower-case'
  | 'upper-case'
  | 'unknown';

export interface VerifierFacts extends Secret {
  /** Only `[A-Za-z0-9-._~]` (RFC 7636 §4.1). */
  readonly unreserved: boolean;
  /** Characters outside the unreserved set, each once, at most 8. */
  readonly illegal: string;
  readonly tilde: boolean;
  /** Number of distinct characters. */
  readonly alphabet: number;
  /** Shannon estimate over the verifier's own characters, in bits, for the whole string. */
  readonly entropyBits: number;
  /** One UUID and nothing else. */
  readonly uuid: boolean;
  /** Contains the present time in seconds or milliseconds, in decimal or hexadecimal digits, within ten minutes. */
  readonly timeLike: boolean;
  /** Differs from an earlier verifier only by a number that went up by 1 to 1,000. */
  readonly counterLike: boolean;
  /** Longest prefix, in characters, that it shares with an earlier, different verifier of this run; 0 for the first. */
  readonly commonPrefix: number;
  readonly commonSuffix: number;
  /** Event number of an earlier token request that carried the same verifier for another code. */
  readonly seenBefore?: number;
  /** Sequence numbers of the authorization requests whose challenge is its S256. */
  readonly matches: readonly number[];
  /** Set when the challenge of the code's own login is not its S256; undefined also when that login had no challenge. */
  readonly variant?: ChallengeVariant;
  /** It is the challenge of the code's own login, character for character. */
  readonly equalsChallenge: boolean;
  /** Where it, or what it decodes to, already stood in the front channel: `state`, `nonce`, `state (base64)`, `client_id` … */
  readonly exposedIn: readonly string[];
}

export interface ChallengeFacts extends Secret {
  /** 43 characters of `[A-Za-z0-9-_]` and nothing else (RFC 7636 §4.2). */
  readonly wellFormed: boolean;
  readonly padded: boolean;
  readonly standardBase64: boolean;
  readonly hex: boolean;
  /** How many times `code_challenge` stands in the request. */
  readonly occurrences: number;
  /** Event number of an earlier authorization request of this run that carried the same challenge. */
  readonly seenBefore?: number;
}

export interface OpaqueFacts extends Secret {
  readonly entropyBits: number;
  /** Event number of an earlier authorization request with the same value. */
  readonly seenBefore?: number;
}

export interface AuthorizationFacts {
  readonly kind: 'authorize';
  readonly clientIdKnown: boolean;
  readonly responseType: string | null;
  readonly challenge: ChallengeFacts | null;
  /** `code_challenge_method` as it came, cut at 32 characters; null when absent. */
  readonly method: string | null;
  readonly state: OpaqueFacts | null;
  readonly nonce: OpaqueFacts | null;
  readonly scopes: readonly string[];
  /** `loopback-port`: equal to a registered loopback address but for the port (RFC 8252 §7.3). */
  readonly redirect: 'exact' | 'loopback-port' | 'mismatch' | 'absent';
  /** Names of secrets found anywhere in the query: `client_secret`, `code_verifier`, `access_token`, `refresh_token`. */
  readonly leaked: readonly string[];
}

/** A refresh token as it stood in its family when the request arrived. */
export interface PresentedToken extends Secret {
  /** `F#2`, or null when the mock never issued it. */
  readonly family: string | null;
  /** 0 for the token that the login gave, n for that of the n-th rotation. -1 when unknown. */
  readonly generation: number;
  readonly head: boolean;
  /** The literal texts that stand for a lost token. */
  readonly literal?: 'undefined' | 'null' | 'empty' | 'NaN' | '[object Object]';
}

export interface TokenFacts {
  readonly kind: 'token';
  readonly grantType: string | null;
  readonly auth: ClientAuthenticationFacts;
  /** The code, and the event number of the authorization request that it answers (null when the mock never issued it). */
  readonly code: (Secret & { readonly login: number | null; readonly uses: number }) | null;
  readonly verifier: VerifierFacts | null;
  readonly refreshToken: PresentedToken | null;
  /** `redirect_uri` against the one of the code's own login. */
  readonly redirect: 'same' | 'different' | 'absent';
  readonly contentType: string | null;
  /** Names that stood in the URL's query. */
  readonly queryNames: readonly string[];
}

export interface PresentedAccessToken extends Secret {
  readonly family: string | null;
  /** Counts the access tokens of a family from 0. -1 when unknown. */
  readonly generation: number;
  /** The newest of its family when the request arrived. */
  readonly newest: boolean;
  /** The mock would have accepted it when the request arrived. */
  readonly alive: boolean;
}

export interface ResourceFacts {
  readonly kind: 'resource';
  readonly accessToken: PresentedAccessToken | null;
  readonly tokenIn: 'header' | 'query' | 'body' | 'none';
  /** Marker of the call that the request belongs to, where the client passes it on in a header or a query parameter. */
  readonly marker?: string;
}

export interface RevocationFacts {
  readonly kind: 'revoke';
  readonly refreshToken: PresentedToken | null;
  readonly accessToken: PresentedAccessToken | null;
  readonly tokenIn: 'body' | 'query' | 'none';
}

export interface OtherFacts {
  readonly kind: 'other';
  /** Labels of secrets that stood anywhere in this request although they have no business here. */
  readonly leaked: readonly string[];
}

export type RequestFacts = AuthorizationFacts | TokenFacts | ResourceFacts | RevocationFacts | OtherFacts;
