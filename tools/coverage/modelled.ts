/** One thing that the mock models: a row of `docs/mock/coverage.md`. The rows are data, and tests hold them against the code. */
import type { MoreHost } from '../../mock-server/http/host.ts';
import type { Confidence } from '../../mock-server/switches/switch.ts';

export interface Modelled {
  /** A path, a grant, or an error of the wire. */
  readonly what: string;
  /** What the mock does, and what it does not. */
  readonly how: string;
  /** Where it is known from. */
  readonly source: string;
  readonly confidence: Confidence;
  readonly switches?: readonly string[];
  /** The one host that has it; default: every host. */
  readonly host?: MoreHost;
}

/** Where much of it is known from. */
export const HELP = 'help.salesforce.com';
export const GUIDE = 'Headless Identity implementation guide';
