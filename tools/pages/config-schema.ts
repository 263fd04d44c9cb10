/** The configuration as JSON Schema, for editors and other languages. */
import { z } from 'zod';
import { configSchema } from '../../src/config/schema.ts';

/** Draft 2020-12, of what a file may say (defaults may be left out). Functions of TypeScript configurations are `{}`. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(configSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // zod's own name for a prefix, which no validator knows; the pattern says it.
      if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
    },
  });
  return { $id: 'config.v1.schema.json', title: 'conformance.config', ...schema };
}
