/** The configuration as JSON Schema, for editors and other languages. */
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** Draft 2020-12, of what a file may say (defaults may be left out). Functions of TypeScript configurations are `{}`. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  return { $id: 'config.v1.schema.json', title: 'conformance.config', ...schema };
}
