#!/usr/bin/env node
// A checkout runs its sources as they are, the published package what was compiled from them.
import { existsSync } from 'node:fs';

const source = new URL('../src/cli/main.ts', import.meta.url);
const compiled = new URL('../dist/src/cli/main.js', import.meta.url);
await import(existsSync(source) ? source.href : compiled.href);
