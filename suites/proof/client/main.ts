/** Runs a client of the proof: `node suites/proof/client/main.ts NAME`. Compiled code is kept, so that a restart takes a blink. */
import module from 'node:module';

// Node before 22.8 has no such cache.
if ('enableCompileCache' in module) module.enableCompileCache();
await import('./start.ts');
