/** Runs the client of the proof that the command line names. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from './client.ts';
import { readEnvironment } from './environment.ts';
import { serve } from './protocol.ts';
import { reference } from './reference.ts';
import { loadVariant } from './variant.ts';

/** A refresh under way gets this long to be stored. */
const LEAVE_MS = 3000;

try {
  const variant = await loadVariant(process.argv[2] ?? 'reference');
  const client = createClient(readEnvironment(process.env), { ...reference, ...variant.behaviours });
  await serve(client.actions, process.stdin, process.stdout);
  await Promise.race([client.idle(), sleep(LEAVE_MS)]);
  process.exit(0);
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
