/** What a recorder is given. */
import type { IncomingMessage } from 'node:http';
import type { Event, EventBody } from '../../src/history/event.ts';
import type { MockApp } from '../mock.ts';
import type { RequestCorrelation } from './correlation.ts';
import type { Exchange, TokenLookup } from './exchange.ts';
import type { ParsedRequest } from './parsed-request.ts';
import type { SecretRedactor } from './redaction/redactor.ts';

export interface RecorderOptions {
  readonly record: (body: EventBody) => Event;
  /** Milliseconds since the run began, monotonic. */
  readonly now: () => number;
  readonly redactor: SecretRedactor;
  readonly correlation: RequestCorrelation;
  /** See `MockOptions.hide`. */
  readonly hide?: ((text: string) => string) | undefined;
  readonly app: MockApp;
  /** See `Mock.browserKey`. */
  readonly browserKey: string;
  readonly tokens: TokenLookup;
  /** See `Embedding.sourceOf`. */
  readonly sourceOf?: ((request: IncomingMessage) => string | undefined) | undefined;
  readonly hostOf: (request: IncomingMessage) => 'login' | 'instance' | 'other';
  /** True: the fields of multipart bodies are parameters (switch `multipartTokens`). Default: false. */
  readonly readsMultipart?: boolean;
  /** Counts the exchanges that are held at gates now. */
  readonly held?: () => number;
  /** Set where requests are forwarded to a real org. */
  readonly upstream?: UpstreamRecording | undefined;
}

/** How the requests and answers of a real org are recorded: less of them is shown, and codes are issued where it is not seen. */
export interface UpstreamRecording {
  /** Returns whether only the beginning of a request's body is read before the request is recorded. */
  readonly streams: (host: Exchange['host'], path: string) => boolean;
  /** Called with each request before it is measured. */
  readonly arriving?: (request: ParsedRequest) => void;
}
