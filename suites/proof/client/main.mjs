/** Runs a client of the proof: `node suites/proof/client/main.mjs NAME`. No TypeScript, and before all else the compile cache: a start then
 * costs little more than that of Node. */
import { existsSync } from 'node:fs';
import module from 'node:module';

// Node before 22.8 has no such cache.
if ('enableCompileCache' in module) module.enableCompileCache();
const source = new URL('start.ts', import.meta.url);
await import((existsSync(source) ? source : new URL('start.js', import.meta.url)).href);
