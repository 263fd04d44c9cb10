/** Defines the options of a recorder. */
import type { IncomingMessage } from 'node:http';
import type { Event, EventBody } from '../../src/history/event.ts';
import type { MockApp } from '../mock.ts';
import type { RequestCorrelation } from './correlation.ts';
import type { Exchange, TokenLookup } from './exchange.ts';
import type { ParsedRequest } from './parsed-request.ts';
import type { SecretRedactor } from './redaction/redactor.ts';

/** Options of `createRecorder`. */
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
  /** Whether the fields of multipart bodies are parameters (switch `multipartTokens`). Default: false. */
  readonly readsMultipart?: boolean;
  /** Returns the number of exchanges held at gates. */
  readonly held?: () => number;
  /** Set when requests are forwarded to a real org. */
  readonly upstream?: UpstreamRecording | undefined;
}

/** How requests and answers of a real org are recorded: with fewer details, and with codes that another server issues. */
export interface UpstreamRecording {
  /** Returns whether only the beginning of a request's body is read before the request is recorded. */
  readonly streams: (host: Exchange['host'], path: string) => boolean;
  /** Called with each request before it is measured. */
  readonly arriving?: (request: ParsedRequest) => void;
}
