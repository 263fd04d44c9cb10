/** Makes the texts of docs/schema; `npm run docs` writes them there, and a test fails when they are out of date. */
import { z } from 'zod';

import { requirementSetSchema } from '../../suites/requirements/set.ts';
import { reportSchema } from '../../src/grade/report.ts';
import { eventSchema } from '../../src/history/event.ts';
import { settingsFactsSchema } from '../../src/history/settings.ts';

/** Returns the JSON Schemas (Draft 2020-12) of report, history and requirement set as texts, by file name. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  return {
    'report.v1.schema.json': textOf(reportSchema),
    'history.v1.schema.json': textOf(eventSchema),
    'requirements.v1.schema.json': textOf(requirementSetSchema),
  };
}

function textOf(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // Version 1 published the facts of settings without their fields; requiring them now would break readers.
      if (zodSchema !== settingsFactsSchema) return;
      delete jsonSchema.required;
      Object.assign(jsonSchema, { properties: {}, additionalProperties: {} });
    },
  });
  return `${JSON.stringify(json, null, 2)}\n`;
}
