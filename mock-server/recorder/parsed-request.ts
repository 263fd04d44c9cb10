/** Defines parsed requests, from which facts are measured. */
import type { Endpoint } from '../../src/history/event.ts';

/** A request after parsing. */
export interface ParsedRequest {
  readonly endpoint: Endpoint;
  readonly method: string;
  /** Raw path without the query. */
  readonly path: string;
  /** Raw query without `?`. */
  readonly search: string;
  readonly query: URLSearchParams;
  /** Empty unless the body is form-encoded. */
  readonly form: URLSearchParams;
  readonly rawBody: Buffer;
  /** Names and values in the order and spelling of the request. */
  readonly headers: readonly (readonly [string, string])[];
}

/** Returns the first header of that name (lower case), or undefined. */
export function header(received: Pick<ParsedRequest, 'headers'>, name: string): string | undefined {
  return received.headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Returns the media type of the body in lower case, without parameters; null when the header is absent. */
export function mediaType(received: ParsedRequest): string | null {
  return header(received, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
}

/** Returns the value of a parameter, from the body before the query. */
export function parameter(received: ParsedRequest, name: string): string | null {
  return received.form.get(name) ?? received.query.get(name);
}
