/** `fetch` that trusts one authority besides the usual ones. */
import { rootCertificates } from 'node:tls';
import { Agent, fetch as undiciFetch } from 'undici';

/** Returns the function. Certificates are verified always. @param ca PEM of the authority; undefined: only the usual ones */
export function trustingFetch(ca: string | undefined): typeof fetch {
  const dispatcher = new Agent({
    connect: { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) },
  });
  // The same function as Node's own, with types of its own.
  const call = undiciFetch as unknown as (url: unknown, init: unknown) => Promise<Response>;
  return (url, init) => call(url, { ...init, dispatcher });
}
