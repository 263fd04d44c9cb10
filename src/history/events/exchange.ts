/** Requests of the client and the browser, and their answers. */
import type { RequestFacts } from '../facts.ts';
import type { Parameter, Secret } from '../label.ts';

export type Endpoint =
  | 'authorize'
  | 'login'
  | 'token'
  | 'revoke'
  | 'introspect'
  | 'userinfo'
  | 'identity'
  | 'keys'
  | 'discovery'
  | 'resource'
  | 'success'
  | 'other';

/** A request arrived whole. Written before anything else has an opinion on it. */
export interface Request {
  readonly kind: 'request';
  /** Counts exchanges within the run; the response carries the same number. */
  readonly exchange: number;
  /** `C1`, `C2` …: the TCP connection. */
  readonly connection: string;
  /** Milliseconds of `t` at which its first byte was seen; `t` itself is when it was whole. */
  readonly begunAt: number;
  readonly host: 'login' | 'instance' | 'other';
  readonly endpoint: Endpoint;
  readonly method: string;
  /** Path without the query; segments that carry secrets are labels. */
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  /** Form fields of the body; for other content types empty. */
  readonly body: readonly Parameter[];
  readonly bodyBytes: number;
  /** True for the harness's own browser: such exchanges are not the client's. */
  readonly browser: boolean;
  readonly facts: RequestFacts;
}

/** The answer ended: sent whole, cut, or never sent. */
export interface Response {
  readonly kind: 'response';
  readonly exchange: number;
  readonly endpoint: Endpoint;
  readonly status: number;
  /** `complete`: every byte was handed to the client's socket and it was open until the end; `aborted`: the client left first;
   * `cut`: the mock broke it off on purpose; `none`: not a byte was sent. */
  readonly delivered: 'complete' | 'aborted' | 'cut' | 'none';
  /** `error` and `error_description` of an OAuth error, or `errorCode` of a resource error. */
  readonly error?: string;
  readonly errorDescription?: string;
  readonly issued?: {
    readonly code?: Secret;
    readonly accessToken?: Secret;
    readonly refreshToken?: Secret;
    readonly family?: string;
    /** Generation of the refresh token; of the access token when no refresh token was issued. */
    readonly generation?: number;
  };
  /** Which rule denied it: `missing-challenge`, `secret-from-public` … (mock-server/policy). */
  readonly deniedBy?: string;
  /** Id of the fault that made it what it is; absent for an honest answer. */
  readonly fault?: string;
  /** What the mock answered, redacted, cut at 1,000 characters. */
  readonly body?: string;
}
