/** What a mock takes from the program around it: who the org is, what time it is, and where requests come from. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { JWK } from 'oidc-provider';
import { createClock, type Clock } from './clock.ts';
import { openOrigins, type OriginOptions, type Origins } from './http/listeners.ts';
import { signingKey } from './salesforce/signing-key.ts';

/** Seeds and keys that everything an org issues is derived from. Two mocks with the same identity accept each other's tokens. */
export interface Identity {
  /** The ids of the org and its users are derived from it. */
  readonly orgSeed: string;
  /** Seals codes, access tokens and refresh tokens: 32 bytes. */
  readonly tokenKey: Buffer;
  /** Signs the cookies of the sign-in pages. */
  readonly cookieKey: string;
  /** Identifies the harness's own browser; see `Mock.browserKey`. */
  readonly browserKey: string;
  /** Signs id_tokens and JWT access tokens. */
  readonly signingKey: JWK;
}

/** The surroundings of one mock. */
export interface Embedding {
  readonly identity: Identity;
  readonly clock: Clock;
  /** Opens the origins that `handler` answers. */
  readonly listen: (handler: RequestListener, options: OriginOptions) => Promise<Origins>;
  /** Returns the address that a request came from, where the surroundings can see it. Default: it cannot be seen. */
  readonly sourceOf?: ((request: IncomingMessage) => string | undefined) | undefined;
}

/** Returns the embedding of a mock that runs by itself: a new random identity, a clock of its own and ports of this machine. */
export async function createEmbedding(): Promise<Embedding> {
  return {
    identity: {
      orgSeed: randomUUID(),
      tokenKey: randomBytes(32),
      cookieKey: randomBytes(24).toString('base64url'),
      browserKey: randomBytes(24).toString('base64url'),
      signingKey: await signingKey(),
    },
    clock: createClock(),
    listen: openOrigins,
  };
}
