/** An error of the tool: it cannot do what was requested. Thrown anywhere and caught once, in the command line. A client that breaks a
 * rule is a finding and a refused request is a denial; neither is thrown. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  /** Stable code for programs: `config-unknown-key`, `port-in-use` … */
  readonly code: string;
  /** What to do next, in one sentence. */
  readonly hint: string;
  /** Exit code. 2: wrong usage, configuration or set-up. 70: a fault of the harness. */
  readonly exit: 2 | 70;
  /** Standard error of the client before the error, the line that names the error first. */
  readonly said: readonly string[];

  constructor(
    code: string,
    message: string,
    hint: string,
    options: { readonly cause?: unknown; readonly exit?: 2 | 70; readonly said?: readonly string[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = hint;
    this.exit = options.exit ?? 2;
    this.said = options.said ?? [];
  }
}
