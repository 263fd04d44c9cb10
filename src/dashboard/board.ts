/** What the page shows and what it can do. The live session provides it. */
import type { Instruction, Reply } from '../drivers/manual/prompt-queue.ts';
import type { Level, Verdict } from '../grade/check.ts';
import type { RunVerdict } from '../grade/report.ts';

/** What does not change while the session lives. */
export interface BoardFrame {
  /** A session can be followed by another one at the same address. */
  readonly startsOver: boolean;
  readonly app: { readonly name: string; readonly client: 'public' | 'confidential' };
  /** What is typed into the client. */
  readonly connectionDetails: readonly { readonly name: string; readonly label: string; readonly value: string }[];
  readonly actions: readonly {
    readonly id: string;
    readonly label: string;
    readonly hint: string;
    /** Scenario that grades what this only tries. */
    readonly gradedBy?: string | undefined;
    /** What it may do to a user of a real org: it is done only when a person agrees. */
    readonly warning?: string | undefined;
  }[];
  readonly scenarios: readonly {
    readonly id: string;
    readonly title: string;
    /** As that of an action. */
    readonly warning?: string | undefined;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly suite: string;
    readonly level: Level;
    readonly title: string;
  }[];
}

/** What does. */
export interface BoardView {
  readonly recording: { readonly id: string; readonly title: string; readonly graded: boolean };
  /** The scenario that is being played. */
  readonly playing?: string;
  readonly instructions: readonly Instruction[];
  /** By action: why it cannot be used now. */
  readonly blocked: Readonly<Record<string, string>>;
  /** Scenarios that were played. */
  readonly played: readonly string[];
  /** While refreshes are held: how many wait. */
  readonly held?: number;
  readonly observing: boolean;
  readonly verdict: RunVerdict;
  readonly summary: string;
  /** In the order of the frame's checks. */
  readonly checks: readonly { readonly verdict: Verdict; readonly message: string }[];
  /** The history is too long for live verdicts. */
  readonly full: boolean;
  /** When the reports were written last, ISO 8601. */
  readonly writtenAt?: string;
  readonly ended: boolean;
  /** Where the reports are written. */
  readonly folder: string;
}

export interface Board {
  readonly frame: BoardFrame;
  view(): BoardView;
  /** Called when the view may have changed. Returns what stops it. */
  subscribe(listener: () => void): () => void;
  /** False: there is no such thing, or it cannot be done now. @param confirmed a person agreed to the warning */
  act(action: string, confirmed: boolean): boolean;
  guide(scenario: string, confirmed: boolean): boolean;
  stopGuiding(): boolean;
  observe(on: boolean): boolean;
  reply(reply: Reply, instruction: number): boolean;
  write(): Promise<void>;
  end(): void;
  /** Ends the session, and begins another one on the same ports. False where that cannot be done. */
  startOver(): boolean;
  /** The HTML report that was written last. */
  report(): Promise<string | undefined>;
}
