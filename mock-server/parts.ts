/** What the endpoints of one mock share. */
import type Provider from 'oidc-provider';
import type { Event, EventBody } from '../src/history/event.ts';
import type { Mint } from './dialect/mint.ts';
import type { Org } from './dialect/org.ts';
import type { Faults } from './faults/faults.ts';
import type { Gates } from './gates/gates.ts';
import type { MockApp, Mode } from './mock.ts';
import type { Switches } from './policy/switches.ts';
import type { Vault } from './recorder/vault.ts';
import type { Ledger } from './rotation/ledger.ts';
import type { Preset } from './rotation/preset.ts';

export interface Parts {
  readonly app: MockApp;
  readonly org: Org;
  /** Origins without a slash at the end. */
  readonly loginUrl: string;
  readonly instanceUrl: string;
  /** As it is at the moment of asking. */
  readonly mode: () => Mode;
  readonly switches: Switches;
  readonly preset: Preset;
  readonly mint: Mint;
  readonly ledger: Ledger;
  readonly gates: Gates;
  readonly faults: Faults;
  readonly vault: Vault;
  readonly record: (body: EventBody) => Event;
  readonly provider: Provider;
  /** Milliseconds of the epoch. */
  readonly clock: () => number;
}
