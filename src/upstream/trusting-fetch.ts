/** Provides a `fetch` that trusts one additional certificate authority. */
import { rootCertificates } from 'node:tls';
import { Agent, fetch as undiciFetch } from 'undici';

/** Returns the function. Certificates are always verified.
 * @param ca PEM certificate of the authority; undefined: only the usual ones */
export function trustingFetch(ca: string | undefined): typeof fetch {
  const dispatcher = new Agent({
    connect: { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) },
  });
  // The same function as Node's, with separate types.
  const call = undiciFetch as unknown as (url: unknown, init: unknown) => Promise<Response>;
  return (url, init) => call(url, { ...init, dispatcher });
}
