/** Ports for programs that need theirs before they listen. */
import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves (from 32,768 on Linux, 49,152 elsewhere): no program gets one of these by chance. Above
 * those that browsers refuse (10,080 is the last). */
const FIRST = 11_000;
/** Each worker of the test runner has as many of its own. */
const EACH = 1_000;
const WORKERS = 9;

const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
/** The files of one worker come one after the other, each in a process of its own. */
let next = process.pid;

/** Free now, and not handed out to anybody else meanwhile: neither by the system nor by this function in another test. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < EACH; tries += 1) {
    next += 1;
    const port = FIRST + worker * EACH + (next % EACH);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of worker ${String(worker)} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    // On every address: programs listen on one of them or on all.
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
