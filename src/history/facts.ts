/** Defines the facts that are measured of a request while its raw values are in memory. Checks read the facts; the raw values are not
 * kept. */
import { z } from 'zod';
import { secretSchema } from './label.ts';
import { count, openEnum, seq, text, texts, type Infer } from './schema.ts';

const secretPresence = z.enum(['absent', 'empty', 'valid', 'wrong']);

const clientAuthentication = z.object({
  /** The client identifier, and where in the request it is. */
  clientId: z.object({ in: z.enum(['body', 'query', 'basic', 'assertion', 'none']), known: z.boolean() }),
  /** `client_secret` in the form body. */
  body: secretPresence,
  /** `client_secret` in the query of the URL (RFC 6749 §2.3.1 forbids it). */
  query: secretPresence,
  /** The password of `Authorization: Basic`; `absent` when the header is absent or has another scheme. */
  basic: secretPresence,
  /** `encoded`: valid only after form-decoding, as RFC 6749 §2.3.1 and Appendix B ask. `raw`: valid only without decoding. */
  basicEncoding: z.enum(['encoded', 'raw', 'either']).optional(),
  /** Scheme of the Authorization header in lower case, or null. */
  authorizationScheme: text.nullable(),
  /** The request carries a `client_assertion`. */
  assertion: z.boolean(),
});

const challengeVariant = openEnum([
  'padding-kept',
  'standard-base64',
  'standard-base64-unpadded',
  'hex-digest',
  'hex-digest-upper',
  'base64url-of-hex-digest',
  'base64-of-hex-digest',
  'hash-of-hash',
  'plain',
  'verifier-is-challenge',
  'verifier-of-another-login',
  'sha1',
  'sha512',
  'md5',
  'hash-of-decoded-verifier',
  'line-break-hashed',
  'padding-hashed',
  'quotes-hashed',
  'utf16-encoded',
  'truncated',
  'lower-case',
  'upper-case',
  'unknown',
]);

const verifier = secretSchema.extend({
  /** Only `[A-Za-z0-9-._~]` (RFC 7636 §4.1). */
  unreserved: z.boolean(),
  /** Characters outside the unreserved set, each once, at most 8. */
  illegal: text,
  tilde: z.boolean(),
  /** Number of distinct characters. */
  alphabet: count,
  /** Shannon estimate over the verifier's own characters, in bits, for the whole string. */
  entropyBits: z.number(),
  /** One UUID and nothing else. */
  uuid: z.boolean(),
  /** Contains the current time in seconds or milliseconds, in decimal or hexadecimal digits, within ten minutes. */
  timeLike: z.boolean(),
  /** Differs from an earlier verifier only by a number that grew by 1 to 1,000. */
  counterLike: z.boolean(),
  /** Longest prefix, in characters, that it shares with an earlier, different verifier of this run; 0 for the first. */
  commonPrefix: count,
  /** Longest suffix, likewise. */
  commonSuffix: count,
  /** Event number of an earlier token request that carried the same verifier for another code. */
  seenBefore: seq.optional(),
  /** Event numbers of the authorization requests whose challenge is its S256. */
  matches: z.array(seq).readonly(),
  /** Set when the challenge of the code's own login is not its S256; undefined also when that login had no challenge. */
  variant: challengeVariant.optional(),
  /** It is the challenge of the code's own login, character for character. */
  equalsChallenge: z.boolean(),
  /** Parameters of the front channel that had its value, or what it decodes to: `state`, `nonce`, `state (base64)`, `client_id` … */
  exposedIn: texts,
});

const challenge = secretSchema.extend({
  /** 43 characters of `[A-Za-z0-9-_]` and nothing else (RFC 7636 §4.2). */
  wellFormed: z.boolean(),
  padded: z.boolean(),
  standardBase64: z.boolean(),
  hex: z.boolean(),
  /** How many times the request has the parameter `code_challenge`. */
  occurrences: count,
  /** Event number of an earlier authorization request of this run that carried the same challenge. */
  seenBefore: seq.optional(),
});

const opaque = secretSchema.extend({
  entropyBits: z.number(),
  /** Event number of an earlier authorization request with the same value. */
  seenBefore: seq.optional(),
});

const sentRefreshToken = secretSchema.extend({
  /** `F#2`, or null when the mock never issued it. */
  family: text.nullable(),
  /** 0 for the token of the login, n for that of the n-th rotation, -1 when unknown. */
  generation: z.int().min(-1),
  /** The newest token of its family. */
  head: z.boolean(),
  /** The literal texts that clients send instead of a lost token. */
  literal: z.enum(['undefined', 'null', 'empty', 'NaN', '[object Object]']).optional(),
  unseen: z
    .literal(true)
    .optional()
    .describe('A real org may have issued it before the recording began: its family and generation are not known.'),
});

const sentAccessToken = secretSchema.extend({
  family: text.nullable(),
  /** Counts the access tokens of a family from 0; -1 when unknown. */
  generation: z.int().min(-1),
  /** The newest of its family when the request arrived. */
  newest: z.boolean(),
  /** The mock would have accepted it when the request arrived. */
  alive: z.boolean(),
});

const proof = z.object({
  /** Label of the whole proof: two requests with the same label carried the same proof. */
  proof: text,
  /** A JWT of the type `dpop+jwt`, signed with the key that it carries. */
  valid: z.boolean(),
  /** Label of the key’s thumbprint (RFC 7638); null where there is no key. */
  key: text.nullable(),
  /** It names the method of the request. */
  htm: z.boolean(),
  /** It names the host and the path of the request. */
  htu: z.boolean(),
  /** It names the access token of the request; absent where there is none. */
  ath: z.boolean().optional(),
  /** It carries a nonce. */
  nonce: z.boolean(),
});

const authorization = z.object({
  kind: z.literal('authorize'),
  clientIdKnown: z.boolean(),
  responseType: text.nullable(),
  challenge: challenge.nullable(),
  /** `code_challenge_method` as received, cut at 32 characters; null when absent. */
  method: text.nullable(),
  state: opaque.nullable(),
  nonce: opaque.nullable(),
  scopes: texts,
  /** `loopback-port`: equal to a registered loopback address except for the port (RFC 8252 §7.3). */
  redirect: z.enum(['exact', 'loopback-port', 'mismatch', 'absent']),
  /** Names of secrets found anywhere in the query: `client_secret`, `code_verifier`, `access_token`, `refresh_token`. */
  leaked: texts,
});

const token = z.object({
  kind: z.literal('token'),
  grantType: text.nullable(),
  auth: clientAuthentication,
  /** The code, and the event number of the authorization request that it answers (null when the mock never issued it). */
  code: secretSchema
    .extend({
      login: seq.nullable(),
      uses: count,
      openLogins: count
        .optional()
        .describe('How many logins it may belong to, where it was issued by a real org and no challenge decides.'),
    })
    .nullable(),
  verifier: verifier.nullable(),
  refreshToken: sentRefreshToken.nullable(),
  /** `redirect_uri` compared with the one of the code's own login. */
  redirect: z.enum(['same', 'different', 'absent']),
  contentType: text.nullable(),
  /** Names of the parameters in the URL's query. */
  queryNames: texts,
  dpop: proof.optional().describe('DPoP proof of the request (RFC 9449 §4).'),
});

const resource = z.object({
  kind: z.literal('resource'),
  accessToken: sentAccessToken.nullable(),
  tokenIn: z.enum(['header', 'query', 'body', 'none']),
  /** In a header or a query parameter. */
  dpop: proof.optional().describe('DPoP proof of the request (RFC 9449 §7).'),
  marker: text.optional().describe('Marker of the call that the request belongs to, where the client passes it on.'),
});

const revocation = z.object({
  kind: z.literal('revoke'),
  refreshToken: sentRefreshToken.nullable(),
  accessToken: sentAccessToken.nullable(),
  tokenIn: z.enum(['body', 'query', 'none']),
});

const other = z.object({
  kind: z.literal('other'),
  /** Labels of secrets found anywhere in this request although none belongs there. */
  leaked: texts,
});

/** Describes the facts of any request. */
export const factsSchema = z.discriminatedUnion('kind', [authorization, token, resource, revocation, other]);

/** How a client secret was sent in one place of a request. `empty`: the parameter without a value (RFC 6749 §2.3.1). */
export type SecretPresence = z.infer<typeof secretPresence>;
/** How the client authenticated. */
export type ClientAuthenticationFacts = Infer<typeof clientAuthentication>;
/** How a challenge is related to a verifier when S256 does not hold (RFC 7636 §4.6). */
export type ChallengeVariant = z.infer<typeof challengeVariant>;
/** The facts of a `code_verifier`. */
export type VerifierFacts = Infer<typeof verifier>;
/** The facts of a `code_challenge`. */
export type ChallengeFacts = Infer<typeof challenge>;
/** The facts of a `state` or `nonce`. */
export type OpaqueFacts = Infer<typeof opaque>;
/** A refresh token of a request, in the state its family had when the request arrived. */
export type SentRefreshToken = Infer<typeof sentRefreshToken>;
/** An access token of a request, in the state it had when the request arrived. */
export type SentAccessToken = Infer<typeof sentAccessToken>;
/** The facts of a DPoP proof. */
export type ProofFacts = Infer<typeof proof>;
/** The facts of an authorization request. */
export type AuthorizationFacts = Infer<typeof authorization>;
/** The facts of a token request. */
export type TokenFacts = Infer<typeof token>;
/** The facts of an API request. */
export type ResourceFacts = Infer<typeof resource>;
/** The facts of a revocation request. */
export type RevocationFacts = Infer<typeof revocation>;
/** The facts of any other request. */
export type OtherFacts = Infer<typeof other>;
/** The facts of a request. */
export type RequestFacts = Infer<typeof factsSchema>;
