/**
 * The tool cannot do what it was asked to. Thrown anywhere, caught once, in the command line.
 *
 * A client that breaks a rule is a finding and a refused request is a denial; neither is ever thrown.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  /** Stable word for machines: `config-unknown-key`, `port-in-use` … */
  readonly code: string;
  /** What to do next, one sentence. */
  readonly hint: string;
  /** 2: usage, configuration or pre-flight. 70: a fault of the harness. */
  readonly exit: 2 | 70;
  /** What the client wrote on standard error before, the line that names the error first. */
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
