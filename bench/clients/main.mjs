/** Runs a client of the benchmark with the compile cache: `node bench/clients/main.mjs fails|hangs`. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
