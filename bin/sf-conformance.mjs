#!/usr/bin/env node
// A checkout runs its sources as they are, the published package what was compiled from them.
import { existsSync } from 'node:fs';
import module from 'node:module';

const source = new URL('../src/cli/main.ts', import.meta.url);
const compiled = new URL('../dist/src/cli/main.js', import.meta.url);
const checkout = existsSync(source);
const missing = unfit();

if (missing === undefined) {
  // Before any TypeScript: a checkout whose code is in the cache does not load the compiler. Node before 22.8 has no such cache.
  module.enableCompileCache?.();
  await import(checkout ? source.href : compiled.href);
} else {
  console.error(missing);
  process.exitCode = 2;
}

/** Why this Node cannot run it and what to do; undefined when it can. */
function unfit() {
  const { node } = process.versions;
  const [major, minor] = node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12))
    return `error: sf-conformance needs Node 22.12 or newer; this is ${node}.\nInstall a newer Node (https://nodejs.org), or in a checkout: npm ci && npm start`;
  if (checkout && !process.features.typescript)
    return `error: this is a checkout, which Node ${node} cannot run unbuilt.\nnpm ci brings a Node that can: npm start -- ${process.argv.slice(2).join(' ')}`;
  return undefined;
}
