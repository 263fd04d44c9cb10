/** What `init` has to know. */

export const DRIVERS = ['adapter', 'command', 'http', 'browser', 'manual'] as const;
export const CLIENTS = ['public', 'confidential'] as const;
export const LANGUAGES = ['javascript', 'python'] as const;

export interface Answers {
  readonly name: string;
  readonly client: (typeof CLIENTS)[number];
  readonly driver: (typeof DRIVERS)[number];
  /** Of the adapter; the other drivers need no code. */
  readonly language: (typeof LANGUAGES)[number];
}

/** What `--yes` takes where no flag says otherwise. */
export const DEFAULTS: Answers = { name: 'My client', client: 'public', driver: 'adapter', language: 'javascript' };

/** A file to be written, relative to where the command was typed. */
export interface Draft {
  readonly path: string;
  readonly text: string;
}
