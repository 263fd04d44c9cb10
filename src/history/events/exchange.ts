/** Defines the events for requests of client and browser, and their answers. */
import { z } from 'zod';
import { factsSchema } from '../facts.ts';
import { parameterSchema, secretSchema } from '../label.ts';
import { count, text, texts, type Infer } from '../schema.ts';

const endpoint = z.enum([
  'authorize',
  'login',
  'token',
  'revoke',
  'introspect',
  'userinfo',
  'identity',
  'keys',
  'discovery',
  'resource',
  'success',
  'other',
]);
const parameters = z.array(parameterSchema).readonly();

/** Describes a request that arrived whole. It is written before anything reacts to it. */
export const requestSchema = z.object({
  kind: z.literal('request'),
  /** Counts exchanges within the run; the response carries the same number. */
  exchange: count,
  /** The TCP connection: `C1`, `C2` … */
  connection: text,
  /** Milliseconds since the run began at which its first byte arrived; `t` is when it was whole. */
  begunAt: z.number(),
  host: z.enum(['login', 'instance', 'other']),
  endpoint,
  method: text,
  /** Path without the query; segments that carry secrets are labels. */
  path: text,
  query: parameters,
  headers: parameters,
  /** Form fields of the body; for other content types empty. */
  body: parameters,
  bodyBytes: count,
  /** Sent by the harness's own browser: such exchanges are not the client's. */
  browser: z.boolean(),
  source: text.optional().describe('Address that the request came from, where a proxy of the harness has named it.'),
  facts: factsSchema,
});

/** Describes the end of an answer: sent whole, cut, or never sent. */
export const responseSchema = z.object({
  kind: z.literal('response'),
  exchange: count,
  endpoint,
  status: count,
  /** `complete`: every byte was handed to the client's socket, which was open until the end; `aborted`: the client left first;
   * `cut`: the mock broke it off on purpose; `none`: not a byte was sent. */
  delivered: z.enum(['complete', 'aborted', 'cut', 'none']),
  /** `error` and `error_description` of an OAuth error, or `errorCode` of a resource error. */
  error: text.optional(),
  errorDescription: text.optional(),
  issued: z
    .object({
      code: secretSchema.optional(),
      accessToken: secretSchema.optional(),
      refreshToken: secretSchema.optional(),
      family: text.optional(),
      /** Generation of the refresh token; of the access token when no refresh token was issued. */
      generation: count.optional(),
    })
    .optional(),
  /** The rule that denied it: `missing-challenge`, `secret-from-public` … (mock-server/policy). */
  deniedBy: text.optional(),
  /** Id of the fault that caused this answer; absent when none did. */
  fault: text.optional(),
  /** What the mock answered, redacted, cut at 1,000 characters. */
  body: text.optional(),
  headerNames: texts
    .optional()
    .describe('Names of the headers that a real org sent, in lower case; only where requests were forwarded to one.'),
});

/** Kind of endpoint that a request was sent to. */
export type Endpoint = z.infer<typeof endpoint>;
/** The content of a `request` event. */
export type Request = Infer<typeof requestSchema>;
/** The content of a `response` event. */
export type Response = Infer<typeof responseSchema>;
