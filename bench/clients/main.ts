/** Clients of the benchmark: the reference client whose every refresh fails (`fails`) or never ends (`hangs`). Started by `main.mjs`. */
import { createClient } from '../../suites/proof/client/client.ts';
import { readEnvironment } from '../../suites/proof/client/environment.ts';
import { serve } from '../../suites/proof/client/protocol.ts';
import { reference } from '../../suites/proof/client/reference.ts';
import { failed, type Renewal } from '../../suites/proof/client/renewal.ts';

const renew = (): Promise<Renewal> =>
  process.argv[2] === 'hangs'
    ? new Promise(() => undefined)
    : Promise.resolve(failed('the new tokens cannot be stored'));
const client = createClient(readEnvironment(process.env), { ...reference, renew });
await serve(client.actions, process.stdin, process.stdout);
process.exit(0);
