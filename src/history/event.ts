/** The lines of `history.jsonl`: what happened, in order, and nothing of what it means. */
import type { ControlEvent, GateEvent, FaultEvent } from './events/control.ts';
import type { Request, Response } from './events/exchange.ts';
import type { ProcessBegin, ProcessEnd, Output } from './events/process.ts';
import type { Rotation, Family } from './events/rotation.ts';
import type { RunBegin, RunEnd } from './events/run.ts';
import type { ScenarioBegin, ScenarioEnd, Phase } from './events/scenario.ts';
import type { StorageLook, StateLook } from './events/storage.ts';
import type { ActionBegin, ActionEnd } from './events/action.ts';
import type { Visit } from './events/visit.ts';
import type { SettingsFacts } from './settings.ts';

export type * from './events/control.ts';
export type * from './events/exchange.ts';
export type * from './events/process.ts';
export type * from './events/rotation.ts';
export type * from './events/run.ts';
export type * from './events/scenario.ts';
export type * from './events/storage.ts';
export type * from './events/action.ts';
export type * from './events/visit.ts';

/** What every line carries (contract, section 5). */
export interface Envelope {
  /** Counts from 1 without a gap. */
  readonly seq: number;
  /** Milliseconds since the run began, monotonic. */
  readonly t: number;
  /** Scenario id, or the empty text between scenarios. */
  readonly scenario: string;
  /** SHA-256 of the line before in hexadecimal digits, without its line break; 64 zeros for the first. */
  readonly prev: string;
}

/** What the app's metadata says; read before the run, scenario `settings`. */
export interface SettingsEvent {
  readonly kind: 'settings';
  readonly facts: SettingsFacts;
}

/** A sentence for the reader of the evidence. */
export interface Note {
  readonly kind: 'note';
  readonly text: string;
  /** The mock or the harness broke: nothing that follows in this scenario says anything of the client. */
  readonly harnessFault?: true;
}

export type EventBody =
  | RunBegin
  | RunEnd
  | ScenarioBegin
  | ScenarioEnd
  | Phase
  | ActionBegin
  | ActionEnd
  | ProcessBegin
  | ProcessEnd
  | Output
  | Visit
  | StorageLook
  | StateLook
  | Request
  | Response
  | Rotation
  | Family
  | ControlEvent
  | GateEvent
  | FaultEvent
  | SettingsEvent
  | Note;

/** One line of history. */
export type Event = Envelope & EventBody;

/** An event of one kind with its envelope: `EventOf<'request'>`. */
export type EventOf<K extends EventBody['kind']> = Envelope & Extract<EventBody, { kind: K }>;
