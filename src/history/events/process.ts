/** Processes of the client and what they print. */

export interface ProcessBegin {
  readonly kind: 'process-begin';
  readonly process: string;
}

export interface ProcessEnd {
  readonly kind: 'process-end';
  readonly process: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** The harness ended it. */
  readonly expected: boolean;
}

/** What a process wrote that is no answer: standard error, and lines on standard output that are no protocol. */
export interface Output {
  readonly kind: 'output';
  readonly process: string;
  readonly stream: 'stdout' | 'stderr';
  /** Redacted, bounded: 2,000 characters a line, 200 lines an event. */
  readonly lines: readonly string[];
  /** Labels of secrets that stood in it before they were taken out. */
  readonly leaked: readonly string[];
}
