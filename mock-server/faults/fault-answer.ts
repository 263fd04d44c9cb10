/** Builds answers of faults in Salesforce's format, and changes answers. */
import { contentOf, headerOf, json, type Reply, type ReplyHeaders } from '../reply.ts';

/** Content type of JSON from servers in front of Salesforce. */
const TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** Returns `{"error":…,"error_description":…}`, the format of the token and revocation endpoints. */
export const oauthError = (status: number, error: string, description: string, headers: ReplyHeaders = {}): Reply =>
  json(status, { error, error_description: description }, { ...TYPE, 'Cache-Control': 'no-store', ...headers });

/** Returns `[{"message":…,"errorCode":…}]`, the format of the APIs. */
export const resourceError = (status: number, errorCode: string, message: string, headers: ReplyHeaders = {}): Reply =>
  json(status, [{ message, errorCode }], { ...TYPE, ...headers });

/** Returns the fields of an answer that is a JSON object; undefined for others. */
export function fieldsOf({ body }: Reply): Readonly<Record<string, unknown>> | undefined {
  const object = typeof body === 'object' && body !== null && !Buffer.isBuffer(body) && !Array.isArray(body);
  return object ? { ...body } : undefined;
}

/** Changes the fields of a successful JSON answer; an undefined field is removed. Other answers are returned unchanged. */
export function amend(reply: Reply, fields: Readonly<Record<string, unknown>>): Reply {
  const before = fieldsOf(reply);
  if (before === undefined || reply.status !== 200) return reply;
  const amended = Object.entries({ ...before, ...fields }).filter(([, value]) => value !== undefined);
  return { ...reply, body: Object.fromEntries(amended) };
}

/** Changes the parameters of a callback, in its query or in its fragment. */
export function amendCallback(reply: Reply, change: (parameters: URLSearchParams) => void): Reply {
  const location = headerOf(reply, 'location') ?? '';
  if (!URL.canParse(location)) return reply;
  const url = new URL(location);
  const fragment = url.hash.length > 1;
  const parameters = new URLSearchParams(fragment ? url.hash.slice(1) : url.search);
  change(parameters);
  if (fragment) url.hash = parameters.toString();
  else url.search = parameters.toString();
  return { ...reply, headers: { ...reply.headers, Location: url.href } };
}

/** Returns the length of a body in bytes; for a streamed body the announced length. */
export const lengthOf = (reply: Reply): number =>
  reply.stream === undefined
    ? Buffer.byteLength(contentOf(reply))
    : Number(headerOf(reply, 'content-length') ?? STREAMED_BYTES);

/** Assumed length of a streamed body without announced length. */
const STREAMED_BYTES = 4_096;

/** Returns the mock's address under another name of this machine: reachable, and a different origin for a client. */
export function elsewhere(url: string): string {
  const moved = new URL(url);
  moved.hostname = moved.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return moved.toString().replace(/\/$/, '');
}
