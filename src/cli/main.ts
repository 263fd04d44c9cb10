#!/usr/bin/env node
/** The command `sf-conformance`. Compiled code is kept between runs, so that it starts in a blink; then everything else is loaded. */
import { keepCompiledCode } from '../compile-cache.ts';

keepCompiledCode();
await import('./start.ts');
