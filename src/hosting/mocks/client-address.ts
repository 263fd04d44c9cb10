/** Determines the address of a client as the operator configured. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Returns a function that reads the address a request came from.
 * @param seen `connection`, or the name of the header that the proxy in front writes or appends to, such as `X-Forwarded-For` */
export function clientAddress(seen: string): (request: IncomingMessage) => string | undefined {
  const name = seen.toLowerCase();
  return ({ headers, socket }) => {
    // A value that the client wrote precedes the one that the proxy appended.
    const text =
      name === 'connection' ? socket.remoteAddress : [headers[name]].flat().at(-1)?.split(',').at(-1)?.trim();
    const address = text?.replace(/^::ffff:(?=\d+\.)/iu, '') ?? '';
    return isIP(address) === 0 ? undefined : address;
  };
}
