/** The published schemas as texts. `node reports/schema/publish.ts` writes them beside this file; a test fails when they are stale. */
import { writeFileSync } from 'node:fs';

import { z } from 'zod';

import { eventSchema } from './history-schema.ts';
import { reportSchema } from './report-schema.ts';

/** By file name. JSON Schema 2020-12. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  const text = (schema: z.ZodType): string => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
  return { 'report.v1.schema.json': text(reportSchema), 'history.v1.schema.json': text(eventSchema) };
}

if (import.meta.main)
  for (const [file, text] of Object.entries(publishedSchemas())) writeFileSync(new URL(file, import.meta.url), text);
