import type { ConfigInput } from './schema.ts';

/** Returns a configuration unchanged and gives it its types in TypeScript.
 * @example export default defineConfig({ app: { client: 'public' }, driver: { type: 'adapter', command: ['node', 'adapter.js'] } }); */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
