/** Resets connections (RST), those that speak TLS too: only the TCP socket beneath can be reset. */
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Server } from 'node:http';

const beneath = new WeakMap<Socket, Socket>();

/** Remembers which TCP socket lies beneath each TLS socket of a server; a plain server needs none of it. */
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
    if (own !== undefined) beneath.set(socket, own);
  });
}

/** Not a byte more is sent. */
export function resetConnection(socket: Socket): void {
  (beneath.get(socket) ?? socket).resetAndDestroy();
  socket.destroy();
}
