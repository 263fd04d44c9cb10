/** Everything that is fuzzed, in the order in which it is. */
import type { Target } from './target.ts';
import { ingest } from './targets/ingest.ts';
import { oauth } from './targets/oauth.ts';
import { resource } from './targets/resource.ts';
import { wire } from './targets/wire.ts';

export const TARGETS: readonly Target[] = [...oauth, ...resource, ingest, wire];
