/** Compresses answers that vary by Accept-Encoding, as on Salesforce, for clients that accept gzip. */
import { contentOf, headerOf, type Reply } from '../reply.ts';

/** Returns whether an Accept-Encoding header accepts gzip (RFC 9110 §12.5.3). */
const acceptsGzip = (header: string): boolean =>
  header.split(',').some((one) => /^\s*(?:gzip|x-gzip|\*)\s*(?:;(?!\s*q=0(?:\.0*)?\s*$).*)?$/i.test(one));

/** Returns the answer to send.
 * @param accepted Accept-Encoding header of the request, or the empty text */
export function compressed(reply: Reply, accepted: string): Reply {
  const varies = headerOf(reply, 'vary')?.includes('Accept-Encoding') === true;
  return varies && acceptsGzip(accepted) && contentOf(reply).length > 0 ? { ...reply, encoding: 'gzip' } : reply;
}
