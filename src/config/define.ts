import type { ConfigInput } from './schema.ts';

/**
 * Gives a configuration in TypeScript its types; returns it as it is.
 * @example export default defineConfig({ app: { client: 'public' }, driver: { type: 'adapter', command: ['node', 'adapter.js'] } });
 */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
