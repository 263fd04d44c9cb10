/** Answers conditional requests for descriptions (REST API guide; cassettes of CumulusCI): `If-None-Match` and `If-Modified-Since` may be
 * answered with 304. */
import { createHash } from 'node:crypto';
import { contentOf, empty, withHeaders, type Reply } from '../../reply.ts';

/** Date of the org's metadata, which does not change. */
const LAST_MODIFIED = 'Thu, 01 Jan 2026 00:00:00 GMT';

/** Returns the answer with its ETag, or 304 when the client's copy is current.
 * @param header reads a header of the request */
export function conditional(reply: Reply, header: (name: string) => string): Reply {
  const etag = `"${createHash('sha256').update(contentOf(reply)).digest('hex').slice(0, 8)}"`;
  const validators = { ETag: etag, 'Last-Modified': LAST_MODIFIED };
  const [match, since] = [header('If-None-Match'), Date.parse(header('If-Modified-Since'))];
  const same = match !== '' ? match.includes(etag) || match.trim() === '*' : since >= Date.parse(LAST_MODIFIED);
  return same ? empty(304, validators) : withHeaders(reply, validators);
}
