/** Generates the OpenAPI document (3.1) of the service from the table of its routes. */
import { z } from 'zod';
import { version } from '../../version.ts';
import { messageSchema } from '../webhooks/message.ts';
import { problemSchema } from './problem.ts';
import type { Route } from './route.ts';

/** Returns the OpenAPI document.
 * @param origin the server it names */
export function openApiOf(routes: readonly Route[], origin: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)\*?/gu, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'sf-conformance, hosted',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    paths,
    webhooks: {
      'run.ended': {
        post: {
          summary: 'Sent when a run has ended, signed as Standard Webhooks says.',
          requestBody: { content: { 'application/json': { schema: jsonSchema(messageSchema) } } },
          responses: { '2XX': { description: 'It was received; any other answer, or none, has it sent again.' } },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(problemSchema) },
      responses: {
        Problem: {
          description: 'What went wrong (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function operationOf({ method, path, scope, summary, body, query, answer }: Route): object {
  const inPath = [...path.matchAll(/:(\w+)/gu)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
  return {
    operationId: `${method.toLowerCase()}-${path.replaceAll(/[^\w]+/gu, '-').replaceAll(/^-|-$/gu, '')}`,
    summary,
    security: scope === undefined ? [] : [{ token: [scope] }],
    parameters: [...inPath, ...parametersOf(query)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body) } } } }),
    responses: {
      '2XX': {
        description: 'It was done.',
        ...(answer === undefined ? {} : { content: { 'application/json': { schema: jsonSchema(answer) } } }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function parametersOf(query: z.ZodType | undefined): readonly object[] {
  if (query === undefined) return [];
  const { properties = {} } = jsonSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

/** OpenAPI 3.1 uses JSON Schema 2020-12 as it is. An instant is sent as text (RFC 3339). */
function jsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    ...{ io: 'input', unrepresentable: 'any' },
    override({ zodSchema, jsonSchema: shown }) {
      if (zodSchema._zod.def.type === 'date') Object.assign(shown, { type: 'string', format: 'date-time' });
    },
  });
  return rest;
}
