/** Defines the answers that `init` needs. */

/** The drivers that `init` offers. */
export const DRIVERS = ['adapter', 'command', 'http', 'browser', 'manual'] as const;
/** The kinds of client (RFC 6749 §2.1). */
export const CLIENTS = ['public', 'confidential'] as const;
/** The languages that `init` has an adapter for. */
export const LANGUAGES = ['javascript', 'typescript', 'python', 'java', 'go', 'csharp', 'ruby', 'php'] as const;

/** The answers of `init`, from flags, questions or defaults. */
export interface Answers {
  readonly name: string;
  readonly client: (typeof CLIENTS)[number];
  readonly driver: (typeof DRIVERS)[number];
  /** Language of the adapter; other drivers need no code. */
  readonly language: (typeof LANGUAGES)[number];
}

/** Answers that `--yes` uses for flags that are not given. */
export const DEFAULTS: Answers = { name: 'My client', client: 'public', driver: 'adapter', language: 'javascript' };

/** Returns the usual kind of client for a driver: a web application has a server, which can keep a secret. */
export const usualClient = (driver: Answers['driver']): Answers['client'] =>
  driver === 'http' ? 'confidential' : DEFAULTS.client;

/** A file to write; its path is relative to the working directory. */
export interface Draft {
  readonly path: string;
  readonly text: string;
}

/** The adapter in one language; its files are in `templates/`. */
export interface AdapterTemplate {
  /** Path relative to the configuration and to `templates/`. */
  readonly file: string;
  /** Value of `driver.command`. */
  readonly command: readonly string[];
  /** What must be installed, or another way to start it; written as a comment in the configuration. */
  readonly needs?: string;
  /** Command to type once before the first run. */
  readonly before?: string;
  /** Further files that are needed to build it. */
  readonly more?: readonly string[];
}
