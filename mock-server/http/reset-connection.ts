/** Resets connections (RST), those that speak TLS too: only the TCP socket beneath can be reset. */
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Server } from 'node:http';

/** The event that resets the TCP socket beneath a TLS socket. */
const RESET = 'sf-conformance-reset';

/** Makes the connections of a TLS server resettable; those of a plain server are. */
export function watchBeneath(server: Server | TlsServer): void {
  const raw = new Map<string, Socket>();
  const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress ?? ''} ${String(remotePort)}`;
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    raw.set(name, socket);
    socket.once('close', () => {
      if (raw.get(name) === socket) raw.delete(name);
    });
  });
  server.on('secureConnection', (socket: Socket) => {
    const own = raw.get(nameOf(socket));
    if (own !== undefined) socket.once(RESET, () => own.resetAndDestroy());
  });
}

/** Resets a connection: not a byte more is sent. */
export function resetConnection(socket: Socket): void {
  if (!socket.emit(RESET)) socket.resetAndDestroy();
  socket.destroy();
}
