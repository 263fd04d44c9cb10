/** Defines one call of the REST API, on its own or inside a composite request. */
import type { MockContext } from '../../context.ts';
import { json, withHeaders, type Reply } from '../../reply.ts';
import type { Session } from '../session.ts';

/** A call of the REST API with its session. */
export interface ApiCall {
  readonly method: string;
  /** `/services/data/v67.0`, and `/services/data/v67.0/tooling` inside the Tooling API. */
  readonly base: string;
  /** Segments of the path after the base. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Returns a header's value, or the empty text. */
  readonly header: (name: string) => string;
  readonly session: Session;
  readonly context: MockContext;
}

/** Answers one call; undefined when there is no such resource. */
export type Serve = (call: ApiCall) => Reply | undefined;

/** Returns an error of the REST API, which is always a list.
 * @param fields names of the wrong fields */
export const failure = (status: number, errorCode: string, message: string, fields?: readonly string[]): Reply =>
  json(status, [{ message, errorCode, ...(fields && { fields }) }]);

/** Returns the answer for a resource that does not exist. */
export const notFound = (): Reply => failure(404, 'NOT_FOUND', 'The requested resource does not exist');

/** Returns the answer to a method that a resource does not support (forrest#181, #191, #287; simple-salesforce#412; haoide#142). */
export const notAllowed = (method: string, allowed: string): Reply =>
  withHeaders(failure(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed}`), {
    Allow: allowed,
  });

/** Returns a function that answers calls of these methods and refuses others with 405.
 * @param methods in Salesforce's form: `HEAD,GET,POST` */
export const allowing =
  (methods: string, serve: Serve): Serve =>
  (call) =>
    methods.split(',').includes(call.method) ? serve(call) : notAllowed(call.method, methods);

/** Returns a function that answers a read-only resource. */
export const reading = (serve: Serve): Serve => allowing('HEAD,GET', serve);

/** Returns the JSON object of a body; undefined when it is not one. */
export function jsonOf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the answer for a body that is not a JSON object. */
export const notJson = (): Reply => failure(400, 'JSON_PARSER_ERROR', 'The body is not a JSON object');
