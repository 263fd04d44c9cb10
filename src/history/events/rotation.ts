/** What the mock decided about refresh tokens, and the life of their families. */
import type { Secret } from '../label.ts';

/** What the mock decided about a presented refresh token. */
export interface Rotation {
  readonly kind: 'rotation';
  readonly exchange: number;
  readonly family: string | null;
  readonly presented: Secret;
  readonly outcome: 'rotated' | 'in-flight' | 'reuse' | 'dead' | 'expired' | 'unknown' | 'refused' | 'replayed';
  readonly successor?: Secret;
}

/** The life of a token family. */
export interface Family {
  readonly kind: 'family';
  readonly family: string;
  readonly change: 'created' | 'revoked';
  readonly reason?: 'reuse' | 'revocation' | 'code-reuse' | 'admin' | 'expired' | 'approval-limit' | 'key-rotation';
  readonly user?: string;
}
