/** Defines rules of the policy: pure functions from the facts of a request to a denial, or undefined. */
import type { AuthorizationFacts, TokenFacts } from '../../src/history/facts.ts';
import type { Denial } from '../salesforce/denial.ts';
import type { MockApp, Mode } from '../mock.ts';
import type { Switches } from '../switches/switches.ts';

/** What a rule needs to know besides the facts of the request. */
export interface Circumstances {
  readonly app: Pick<MockApp, 'client'>;
  readonly mode: Mode;
  readonly switches: Switches;
  /** Result of verifying a `client_assertion` (RFC 7523 §2.2). */
  readonly assertion?: 'proven' | 'refused';
  /** Token requests only: what the grant does not require of the client. Default: it requires both. */
  readonly grant?: { readonly needsSecret?: boolean; readonly needsClientId?: boolean };
  /** The `scope` parameter as sent; null when absent. */
  readonly scope: string | null;
  /** Authorization requests only: the `redirect_uri` as sent. */
  readonly redirectUri?: string | null;
  /** Authorization requests only: whether it was sent over HTTPS. */
  readonly secure?: boolean;
}

/** A rule for authorization requests. */
export type AuthorizationRule = (facts: AuthorizationFacts, about: Circumstances) => Denial | undefined;
/** A rule for token requests. */
export type TokenRule = (facts: TokenFacts, about: Circumstances) => Denial | undefined;
