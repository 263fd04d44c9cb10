/** One request while it is being answered: what the recorder read of it, and where the inner parts write down what they did. */
import type { Endpoint, Response } from '../../src/history/event.ts';
import type { RequestFacts } from '../../src/history/facts.ts';
import type { Login } from './correlation.ts';
import type { Issued } from './issued.ts';

/** On `ctx.state.exchange` from the recorder inwards. */
export interface Exchange {
  readonly number: number;
  /** Event number of its `request` line. */
  readonly seq: number;
  readonly connection: string;
  readonly host: 'login' | 'instance' | 'other';
  readonly endpoint: Endpoint;
  /** The harness's own browser; then `user` is whom it signs in as. */
  readonly browser: boolean;
  readonly user: string | null;
  /** Raw query and raw form fields, every repetition in order. */
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** The body, decompressed, whole; at most 1 MiB. */
  readonly rawBody: Buffer;
  readonly facts: RequestFacts;
  /** The login that it begins or continues. */
  readonly login?: Login | undefined;
  issued?: Issued;
  /** An answer of named values as it is to be sent, and what it was made of: what was sent just so need not be searched for secrets. */
  made?: { readonly text: string; readonly fields: Readonly<Record<string, string>> };
  error?: string;
  errorDescription?: string;
  /** Policy rule that denied it. */
  deniedBy?: string;
  /** Id of the fault that shaped the answer. */
  fault?: string;
  /** False: a fault wants an answer without rotation; the presented refresh token must stay the head. */
  rotate?: false;
  /** How its answer ended; set by faults that cut it, otherwise by the recorder. */
  delivered?: Response['delivered'];
  /** Resolves when its `response` line has been written. */
  readonly ended: Promise<void>;
}

/** What the recorder must ask of the token store while a request is measured. */
export interface TokenLookup {
  refreshToken(
    raw: string,
  ): Promise<{ readonly family: string; readonly generation: number; readonly head: boolean } | null>;
  accessToken(raw: string): Promise<{
    readonly family: string;
    readonly generation: number;
    readonly newest: boolean;
    readonly alive: boolean;
  } | null>;
}
