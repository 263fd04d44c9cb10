/** Defines what a mock takes from the program around it: the org's identity, the clock, and the origin of requests. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createClock, type Clock } from './clock.ts';
import { openOrigins, type OriginOptions, type Origins } from './http/listeners.ts';
import { signingKey, type SigningKey } from './salesforce/signing-key.ts';

/** Seeds and keys from which everything an org issues is derived. Two mocks with the same identity accept each other's tokens. */
export interface Identity {
  /** Seed of the ids of the org and its users. */
  readonly orgSeed: string;
  /** Key that seals codes, access tokens and refresh tokens: 32 bytes. */
  readonly tokenKey: Buffer;
  /** Key that signs the cookies of the sign-in pages. */
  readonly cookieKey: string;
  /** Identifies the harness's own browser; see `Mock.browserKey`. */
  readonly browserKey: string;
  /** Resolves with what signs id_tokens and JWT access tokens. */
  readonly signingKey: () => Promise<SigningKey>;
}

/** The environment of one mock. */
export interface Embedding {
  readonly identity: Identity;
  readonly clock: Clock;
  /** Opens the origins that `handler` answers. */
  readonly listen: (handler: RequestListener, options: OriginOptions) => Promise<Origins>;
  /** Returns the address that a request came from. Default: unknown. */
  readonly sourceOf?: ((request: IncomingMessage) => string | undefined) | undefined;
}

/** Creates the embedding of a standalone mock: a new random identity, a new clock and ports of this machine. */
export async function createEmbedding(): Promise<Embedding> {
  return {
    identity: {
      orgSeed: randomUUID(),
      tokenKey: randomBytes(32),
      cookieKey: randomBytes(24).toString('base64url'),
      browserKey: randomBytes(24).toString('base64url'),
      signingKey,
    },
    clock: createClock(),
    listen: openOrigins,
  };
}
