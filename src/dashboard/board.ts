/** Defines what the dashboard shows and what it can request; the live session implements it. */
import type { Instruction, Reply } from '../drivers/manual/prompt-queue.ts';
import type { Level, Verdict } from '../grade/check.ts';
import type { RunVerdict } from '../grade/report.ts';

/** The part of a session that does not change. */
export interface BoardFrame {
  /** Whether another session can follow at the same address. */
  readonly startsOver: boolean;
  readonly app: { readonly name: string; readonly client: 'public' | 'confidential' };
  /** Values to enter in the client. */
  readonly connectionDetails: readonly { readonly name: string; readonly label: string; readonly value: string }[];
  readonly actions: readonly {
    readonly id: string;
    readonly label: string;
    readonly hint: string;
    /** Id of the scenario that grades what this action only tries. */
    readonly gradedBy?: string | undefined;
    /** What the action may do to a user of a real org; it needs a confirmation. */
    readonly warning?: string | undefined;
  }[];
  readonly scenarios: readonly {
    readonly id: string;
    readonly title: string;
    /** Like the warning of an action. */
    readonly warning?: string | undefined;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly suite: string;
    readonly level: Level;
    readonly title: string;
  }[];
}

/** The part of a session that changes. */
export interface BoardView {
  readonly recording: { readonly id: string; readonly title: string; readonly graded: boolean };
  /** Id of the scenario that is running. */
  readonly running?: string;
  readonly instructions: readonly Instruction[];
  /** By action: why it cannot be used now. */
  readonly blocked: Readonly<Record<string, string>>;
  /** Ids of the scenarios that were run. */
  readonly finished: readonly string[];
  /** While refreshes are held: the number of held ones. */
  readonly held?: number;
  readonly observing: boolean;
  readonly verdict: RunVerdict;
  readonly summary: string;
  /** Verdicts in the order of the frame's checks. */
  readonly checks: readonly { readonly verdict: Verdict; readonly message: string }[];
  /** Whether the history is too long for live verdicts. */
  readonly full: boolean;
  /** When the reports were last written, ISO 8601. */
  readonly writtenAt?: string;
  readonly ended: boolean;
  /** Folder of the reports. */
  readonly folder: string;
}

/** The live session as its dashboard uses it. */
export interface Board {
  readonly frame: BoardFrame;
  view(): BoardView;
  /** Calls `listener` when the view may have changed. Returns a function that unsubscribes it. */
  subscribe(listener: () => void): () => void;
  /** Performs an action; false when it does not exist or is not possible now.
   * @param confirmed whether the user confirmed the warning */
  act(action: string, confirmed: boolean): boolean;
  guide(scenario: string, confirmed: boolean): boolean;
  stopGuiding(): boolean;
  observe(on: boolean): boolean;
  reply(reply: Reply, instruction: number): boolean;
  write(): Promise<void>;
  end(): void;
  /** Ends the session and begins another one on the same ports; false when that is not possible. */
  startOver(): boolean;
  /** Returns the last HTML report that was written. */
  report(): Promise<string | undefined>;
}
