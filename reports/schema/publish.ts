/** Makes the texts of docs/schema; `npm run docs` writes them there, and a test fails when they are out of date. */
import { z } from 'zod';

import { eventSchema } from './history-schema.ts';
import { reportSchema } from './report-schema.ts';

/** Returns the JSON Schemas (Draft 2020-12) of report and history as texts, by file name. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  const text = (schema: z.ZodType): string => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
  return { 'report.v1.schema.json': text(reportSchema), 'history.v1.schema.json': text(eventSchema) };
}
