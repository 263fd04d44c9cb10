#!/usr/bin/env node
/** Starts the command `sf-conformance`. Enables the cache of compiled code first, so that it starts fast, then loads everything else. */
import { keepCompiledCode } from '../compile-cache.ts';

keepCompiledCode();
await import('./start.ts');
