/** What `init` has to know. */

/** The drivers that `init` offers. */
export const DRIVERS = ['adapter', 'command', 'http', 'browser', 'manual'] as const;
/** The kinds of client (RFC 6749 §2.1). */
export const CLIENTS = ['public', 'confidential'] as const;
/** The languages that `init` has an adapter for. */
export const LANGUAGES = ['javascript', 'typescript', 'python', 'java', 'go', 'csharp', 'ruby', 'php'] as const;

export interface Answers {
  readonly name: string;
  readonly client: (typeof CLIENTS)[number];
  readonly driver: (typeof DRIVERS)[number];
  /** Of the adapter; the other drivers need no code. */
  readonly language: (typeof LANGUAGES)[number];
}

/** What `--yes` takes where no flag says otherwise. */
export const DEFAULTS: Answers = { name: 'My client', client: 'public', driver: 'adapter', language: 'javascript' };

/** Returns what kind of client most clients with that driver are: a web application has a server, which can keep a secret. */
export const usualClient = (driver: Answers['driver']): Answers['client'] =>
  driver === 'http' ? 'confidential' : DEFAULTS.client;

/** A file to be written, relative to where the command was typed. */
export interface Draft {
  readonly path: string;
  readonly text: string;
}

/** The adapter in one language; its files lie in `templates/`. */
export interface AdapterTemplate {
  /** Relative to the configuration and to `templates/`. */
  readonly file: string;
  /** As `driver.command` has it. */
  readonly command: readonly string[];
  /** What the machine has to have, or another way to start it; a comment in the configuration. */
  readonly needs?: string;
  /** To be typed once before the first run. */
  readonly before?: string;
  /** Further files that it needs to be built. */
  readonly more?: readonly string[];
}
