/** What a grant is: one way to get tokens from the token endpoint (RFC 6749 §1.3). Each is the default export of a file of `grants/`. */
import { refusal, type Denial } from '../salesforce/denial.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Issued } from '../recorder/issued.ts';
import type { ReplyHeaders } from '../reply.ts';

export interface Grant {
  /** The values of `grant_type` that ask for it. The first one is its name for the policy. */
  readonly names: readonly [string, ...string[]];
  /** Parameters that must not be sent twice (RFC 6749 §3.2). */
  readonly parameters: readonly string[];
  /** False: a confidential client sends no secret, because the assertion or the user at the device is enough. Default: true. */
  readonly needsSecret?: boolean;
  /** False: the request need not name the app, because the assertion does, or is enough by itself. Default: true. */
  readonly needsClientId?: boolean;
  /** Resolves with the thumbprint of the key that what is redeemed is bound to (RFC 9449 §5). Absent: DPoP proofs are ignored. */
  readonly boundKey?: (request: Pick<GrantRequest, 'parameter'>, context: MockContext) => Promise<string | undefined>;
  /** True: the tokens are bound to the key of a DPoP proof that comes with the request. Default: false. */
  readonly bindsKey?: boolean;
  /** Grants or refuses. The client has been authenticated, and the policy has no objection. */
  readonly decide: (request: GrantRequest, context: MockContext) => Promise<GrantResult>;
}

/** A token request whose client is known. */
export interface GrantRequest {
  /** As it was sent: a grant may have several names. */
  readonly grantType: string;
  /** Returns the value of a parameter of the body or else of the query; the empty text when it is absent. */
  readonly parameter: (name: string) => string;
  /** Thumbprint of the key of its DPoP proof (RFC 9449 §6.1); undefined for bearer tokens. */
  readonly provenKey: string | undefined;
  /** False: the answer must be that of an app without rotation. */
  readonly rotates: boolean;
  /** Address of the client. */
  readonly address: string | undefined;
  readonly exchange: Exchange;
}

export interface Refused {
  readonly kind: 'refused';
  readonly denial: Denial;
  /** More headers of the refusal. */
  readonly headers?: ReplyHeaders;
}

export interface Granted {
  readonly kind: 'granted';
  /** Fields of the answer in their order. */
  readonly answer: Readonly<Record<string, string>>;
  readonly issued: Issued;
}

export type GrantResult = Refused | Granted;

/** Refuses in the platform's words for a situation. */
export const refused = (situation: Parameters<typeof refusal>[0]): Refused => refusedAs(refusal(situation));

/** Refuses with a denial. */
export const refusedAs = (denial: Denial): Refused => ({ kind: 'refused', denial });
