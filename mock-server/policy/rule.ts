/** What a rule of the policy is: a pure function from the facts of a request to a denial, or to nothing. */
import type { AuthorizationFacts, TokenFacts } from '../../src/history/facts.ts';
import type { Denial } from '../salesforce/denial.ts';
import type { MockApp, Mode } from '../mock.ts';
import type { Switches } from '../switches/switches.ts';

export interface Circumstances {
  readonly app: Pick<MockApp, 'client'>;
  readonly mode: Mode;
  readonly switches: Switches;
  /** What became of a `client_assertion` (RFC 7523 §2.2). */
  readonly assertion?: 'proven' | 'refused';
  /** Token requests only: what the grant does not ask of the client. Default: it needs both. */
  readonly grant?: { readonly needsSecret?: boolean; readonly needsClientId?: boolean };
  /** The `scope` parameter as it came; null when absent. */
  readonly scope: string | null;
  /** Authorization only: the `redirect_uri` as it came. */
  readonly redirectUri?: string | null;
  /** Authorization only: whether it came in HTTPS. */
  readonly secure?: boolean;
}

export type AuthorizationRule = (facts: AuthorizationFacts, about: Circumstances) => Denial | undefined;
export type TokenRule = (facts: TokenFacts, about: Circumstances) => Denial | undefined;
