/**
 * A plugin of the bundler: takes modules of Node itself without an ES module around them. `import 'node:http'` reads every export once,
 * among them `WebSocket`, and so loads all of undici; with `node:tls` it decodes all root certificates. That is most of a start.
 */
import { isBuiltin } from 'node:module';
import type { Plugin } from 'rolldown';

const OURS = '\0builtin:';

/** Resolves a module of Node to one line of CommonJS. */
export const builtins = {
  name: 'builtins',
  // The bundler's own runtime takes one by itself.
  resolveId: (id: string, importer: string | undefined) =>
    isBuiltin(id) && importer?.includes('rolldown/runtime') !== true ? `${OURS}${id}` : null,
  load: (id: string) =>
    id.startsWith(OURS) ? `module.exports = process.getBuiltinModule(${JSON.stringify(id.slice(OURS.length))});` : null,
} satisfies Plugin;
