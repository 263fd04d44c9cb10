/** Defines grants: ways to get tokens from the token endpoint (RFC 6749 §1.3). Each is the default export of a file of `grants/`. */
import { refusal, type Denial } from '../salesforce/denial.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Issued } from '../recorder/issued.ts';
import type { ReplyHeaders } from '../reply.ts';

/** A grant, as each file of `grants/` exports it. */
export interface Grant {
  /** Values of `grant_type` that select it. The first one is its name for the policy. */
  readonly names: readonly [string, ...string[]];
  /** Parameters that must not be repeated (RFC 6749 §3.2). */
  readonly parameters: readonly string[];
  /** False: a confidential client sends no secret, because the assertion or the user at the device is sufficient. Default: true. */
  readonly needsSecret?: boolean;
  /** False: the request need not name the app, because the assertion does, or is sufficient. Default: true. */
  readonly needsClientId?: boolean;
  /** Resolves with the thumbprint of the key that the code or token is bound to (RFC 9449 §5). Absent: DPoP proofs are ignored. */
  readonly boundKey?: (request: Pick<GrantRequest, 'parameter'>, context: MockContext) => Promise<string | undefined>;
  /** Whether the tokens are bound to the key of the request's DPoP proof. Default: false. */
  readonly bindsKey?: boolean;
  /** Grants or refuses. The client is authenticated, and the policy allows the request. */
  readonly decide: (request: GrantRequest, context: MockContext) => Promise<GrantResult>;
}

/** A token request of an authenticated client. */
export interface GrantRequest {
  /** `grant_type` as sent: a grant may have several names. */
  readonly grantType: string;
  /** Returns the value of a parameter of the body, or else of the query; the empty text when it is absent. */
  readonly parameter: (name: string) => string;
  /** Thumbprint of the key of its DPoP proof (RFC 9449 §6.1); undefined for bearer tokens. */
  readonly provenKey: string | undefined;
  /** False: answer like an app without rotation. */
  readonly rotates: boolean;
  /** Address of the client. */
  readonly address: string | undefined;
  readonly exchange: Exchange;
}

/** A refused token request. */
export interface Refused {
  readonly kind: 'refused';
  readonly denial: Denial;
  /** Further headers of the refusal. */
  readonly headers?: ReplyHeaders;
}

/** A granted token request. */
export interface Granted {
  readonly kind: 'granted';
  /** Fields of the answer, in order. */
  readonly answer: Readonly<Record<string, string>>;
  readonly issued: Issued;
}

/** The result of a grant. */
export type GrantResult = Refused | Granted;

/** Refuses with Salesforce's words for a situation. */
export const refused = (situation: Parameters<typeof refusal>[0]): Refused => refusedAs(refusal(situation));

/** Refuses with a denial. */
export const refusedAs = (denial: Denial): Refused => ({ kind: 'refused', denial });
