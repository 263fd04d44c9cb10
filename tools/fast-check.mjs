/**
 * What tests get for `fast-check` (vitest.config.ts): the same inputs every time, so that no test depends on its luck. FAST_CHECK_SEED draws
 * others; `npm run fuzz` always does.
 */
import fc from '../node_modules/fast-check/lib/fast-check.js';

export * from '../node_modules/fast-check/lib/fast-check.js';
export default fc;

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261123) });
