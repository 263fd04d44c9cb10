/** Resets connections (RST), including TLS connections, whose underlying TCP socket must be reset. */
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Server } from 'node:http';

/** Name of the event that resets the TCP socket of a TLS socket. */
const RESET = 'sf-conformance-reset';

/** Makes the connections of a TLS server resettable; those of a plain server are already. */
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

/** Resets a connection: no further byte is sent. */
export function resetConnection(socket: Socket): void {
  if (!socket.emit(RESET)) socket.resetAndDestroy();
  socket.destroy();
}
