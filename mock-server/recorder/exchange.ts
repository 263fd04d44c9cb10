/** One request while it is being answered, as the recorder read it. */
import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from '../../src/history/facts.ts';
import type { ParsedRequest } from './parsed-request.ts';
import type { Payload } from './payload.ts';

export interface Exchange extends ParsedRequest {
  readonly number: number;
  /** Event number of its `request` line. */
  readonly seq: number;
  readonly connection: string;
  readonly host: 'login' | 'instance' | 'other';
  /** The harness's own browser; then `user` is whom it signs in as. */
  readonly browser: boolean;
  readonly user: string | null;
  /** Address that the request came from, as a proxy of the harness or the surroundings of the mock name it; undefined: it cannot be seen. */
  readonly source?: string | undefined;
  readonly facts: RequestFacts;
  /** Returns a header's value; the empty text when it is absent. */
  readonly header: (name: string) => string;
  /** Returns the media type that the client prefers (RFC 9110 §12.5.1); false when it accepts none of them. */
  readonly accepts: (...types: string[]) => string | false;
  /** The body as it came, for requests that are forwarded; `rawBody` holds what was measured of it. */
  readonly payload?: Payload | undefined;
  /** As Node read it: for its connection, and for oidc-provider. */
  readonly incoming: IncomingMessage;
  /** Resolves when its `response` line has been written. */
  readonly ended: Promise<void>;
}

/** What the recorder asks the token families while it measures a request. */
export interface TokenLookup {
  /** True where tokens may be valid that it does not know, because they were issued before anything was recorded. */
  readonly partial?: boolean;
  refreshToken(
    raw: string,
  ): Promise<{ readonly family: string; readonly generation: number; readonly head: boolean } | null>;
  accessToken(raw: string): Promise<{
    /** Null for a token that was not issued while this process recorded. */
    readonly family: string | null;
    readonly generation: number;
    readonly newest: boolean;
    readonly alive: boolean;
  } | null>;
}
