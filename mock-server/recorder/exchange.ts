/** Defines a request while it is being answered, as the recorder has read it. */
import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from '../../src/history/facts.ts';
import type { ParsedRequest } from './parsed-request.ts';
import type { Payload } from './payload.ts';

/** A recorded request, as endpoints, gates and faults use it. */
export interface Exchange extends ParsedRequest {
  readonly number: number;
  /** Event number of its `request` line. */
  readonly seq: number;
  readonly connection: string;
  readonly host: 'login' | 'instance' | 'other';
  /** Whether the harness's own browser sent it; `user` is then the user it signs in. */
  readonly browser: boolean;
  readonly user: string | null;
  /** Address that the request came from, as a proxy of the harness or the embedding reports it; undefined: unknown. */
  readonly source?: string | undefined;
  readonly facts: RequestFacts;
  /** Returns a header's value; the empty text when it is absent. */
  readonly header: (name: string) => string;
  /** Returns the media type that the client prefers (RFC 9110 §12.5.1); false when it accepts none of them. */
  readonly accepts: (...types: string[]) => string | false;
  /** The received body of a request that is forwarded; `rawBody` holds the measured part. */
  readonly payload?: Payload | undefined;
  /** Node's request, for its connection and for oidc-provider. */
  readonly incoming: IncomingMessage;
  /** Resolves when its `response` line has been written. */
  readonly ended: Promise<void>;
}

/** The queries of the recorder to the token families. */
export interface TokenLookup {
  /** Whether there may be valid tokens it does not know, because they were issued before the recording began. */
  readonly partial?: boolean;
  refreshToken(
    raw: string,
  ): Promise<{ readonly family: string; readonly generation: number; readonly head: boolean } | null>;
  accessToken(raw: string): Promise<{
    /** Null for a token that was not issued during the recording. */
    readonly family: string | null;
    readonly generation: number;
    readonly newest: boolean;
    readonly alive: boolean;
  } | null>;
}
