/** What a tenant must remember so that another instance can go on where this one ended: one entry per change, in order. */
import type { Response } from '../../src/history/event.ts';
import type { SecretKind } from '../../src/history/label.ts';
import type { FaultEntry } from '../faults/earlier.ts';
import type { GateEntry } from '../gates/earlier.ts';
import type { Mode } from '../mock.ts';
import type { UserStatus } from '../policy/user-status.ts';
import type { Parked } from '../recorder/parked.ts';
import type { MemoryMap } from '../recorder/correlation.ts';
import type { JobEntry } from '../api/bulk/jobs.ts';
import type { RecordEntry } from '../api/data/records.ts';
import type { FamilyRecord } from '../token-families/family.ts';
import type { Model } from '../store/store.ts';

export type Entry =
  /** A raw value got its label. */
  | readonly ['label', SecretKind, string]
  /** The recorder remembers something to compare later requests with. */
  | readonly ['memory', MemoryMap, unknown, unknown]
  /** A later request whose path has this segment continues the login that began with this event. */
  | readonly ['origin', string, number]
  | readonly ['family', FamilyRecord]
  /** A family was counted. */
  | readonly ['next']
  /** Until when: milliseconds of the epoch on the tenant's clock, null: no end. */
  | readonly ['put', string, string, Model, number | null]
  | readonly ['remove', string, string]
  /** The answer of an exchange was let go; its line follows when it has ended. */
  | readonly ['answered', Response]
  | readonly ['scenario', string]
  | readonly ['advance', number]
  | readonly ['mode', Mode]
  | readonly ['secret', string]
  /** Of one user, null: of everybody; null: in good standing. */
  | readonly ['standing', UserStatus | null, string | null]
  | GateEntry
  | FaultEntry
  | RecordEntry
  | JobEntry
  /** An exchange stands somewhere; sent again, it goes on from there. */
  | readonly ['parked', Parked];

export type Remember = (entry: Entry) => void;
