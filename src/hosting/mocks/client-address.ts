/** The address of a client, as the operator of the service says that it is seen. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Returns what reads the address that a request came from.
 *
 * @param seen `connection`, or the name of the header that the proxy in front writes or appends to, such as `X-Forwarded-For`
 */
export function clientAddress(seen: string): (request: IncomingMessage) => string | undefined {
  const name = seen.toLowerCase();
  return ({ headers, socket }) => {
    // What a client writes into the header itself comes before what the proxy appends.
    const text =
      name === 'connection' ? socket.remoteAddress : [headers[name]].flat().at(-1)?.split(',').at(-1)?.trim();
    const address = text?.replace(/^::ffff:(?=\d+\.)/iu, '') ?? '';
    return isIP(address) === 0 ? undefined : address;
  };
}
