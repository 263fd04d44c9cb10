/** What is measured of requests, as a schema (src/history/facts.ts). */
import { z } from 'zod';

const text = z.string();
const count = z.int().nonnegative();
const seq = z.int().positive();

/** Stands in history for one raw value. */
export const secretSchema = z.object({
  label: text.regex(/^(SECRET|[A-Z]+#\d+)$/),
  fingerprint: text.regex(/^[0-9a-f]{8}$/),
  length: count,
});

const secretPresence = z.enum(['absent', 'empty', 'valid', 'wrong']);

const clientAuthentication = z.object({
  clientId: z.object({ in: z.enum(['body', 'query', 'basic', 'assertion', 'none']), known: z.boolean() }),
  body: secretPresence,
  query: secretPresence,
  basic: secretPresence,
  basicEncoding: z.enum(['encoded', 'raw', 'either']).optional(),
  authorizationScheme: text.nullable(),
  assertion: z.boolean(),
});

const challenge = secretSchema.extend({
  wellFormed: z.boolean(),
  padded: z.boolean(),
  standardBase64: z.boolean(),
  hex: z.boolean(),
  occurrences: count,
  seenBefore: seq.optional(),
});

const opaque = secretSchema.extend({ entropyBits: z.number(), seenBefore: seq.optional() });

const verifier = secretSchema.extend({
  unreserved: z.boolean(),
  illegal: text,
  tilde: z.boolean(),
  alphabet: count,
  entropyBits: z.number(),
  uuid: z.boolean(),
  timeLike: z.boolean(),
  counterLike: z.boolean(),
  commonPrefix: count,
  commonSuffix: count,
  seenBefore: seq.optional(),
  matches: z.array(seq).readonly(),
  variant: text.optional(),
  equalsChallenge: z.boolean(),
  exposedIn: z.array(text).readonly(),
});

const presentedToken = secretSchema.extend({
  family: text.nullable(),
  generation: z.int().min(-1),
  head: z.boolean(),
  literal: z.enum(['undefined', 'null', 'empty', 'NaN', '[object Object]']).optional(),
});

const presentedAccessToken = secretSchema.extend({
  family: text.nullable(),
  generation: z.int().min(-1),
  newest: z.boolean(),
  alive: z.boolean(),
});

export const factsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('authorize'),
    clientIdKnown: z.boolean(),
    responseType: text.nullable(),
    challenge: challenge.nullable(),
    method: text.nullable(),
    state: opaque.nullable(),
    nonce: opaque.nullable(),
    scopes: z.array(text).readonly(),
    redirect: z.enum(['exact', 'loopback-port', 'mismatch', 'absent']),
    leaked: z.array(text).readonly(),
  }),
  z.object({
    kind: z.literal('token'),
    grantType: text.nullable(),
    auth: clientAuthentication,
    code: secretSchema.extend({ login: seq.nullable(), uses: count }).nullable(),
    verifier: verifier.nullable(),
    refreshToken: presentedToken.nullable(),
    redirect: z.enum(['same', 'different', 'absent']),
    contentType: text.nullable(),
    queryNames: z.array(text).readonly(),
  }),
  z.object({
    kind: z.literal('resource'),
    accessToken: presentedAccessToken.nullable(),
    tokenIn: z.enum(['header', 'query', 'body', 'none']),
    marker: text.optional().describe('Marker of the call that the request belongs to, where the client passes it on.'),
  }),
  z.object({
    kind: z.literal('revoke'),
    refreshToken: presentedToken.nullable(),
    accessToken: presentedAccessToken.nullable(),
    tokenIn: z.enum(['body', 'query', 'none']),
  }),
  z.object({ kind: z.literal('other'), leaked: z.array(text).readonly() }),
]);
