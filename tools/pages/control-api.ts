/** Makes docs/openapi/control.v1.yaml from the schemas that the control port validates with; `npm run docs` writes it. Pure. */
import { stringify } from 'yaml';
import { z } from 'zod';
import { COMMANDS } from '../../mock-server/management/commands.ts';
import { CONTROL_ROUTES } from '../../src/library/control-routes.ts';
import { version } from '../../src/version.ts';

/** What the description needs of a request. */
interface Described {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
}

const json = (schema: object): object => ({ 'application/json': { schema } });
const reply = (description: string, content?: object): object => ({ description, ...(content && { content }) });

/** Answers that the guard gives, whatever the request. */
const GUARDED = {
  '401': { $ref: '#/components/responses/NoToken' },
  '403': { $ref: '#/components/responses/ForeignPage' },
  '421': { $ref: '#/components/responses/ForeignHost' },
};

/** OpenAPI 3.1 has no word for the type of one event of a stream; generated clients read it here. */
const STREAMED = {
  type: 'object',
  required: ['seq', 't', 'scenario', 'kind'],
  properties: {
    seq: { type: 'integer' },
    t: { type: 'number' },
    scenario: { type: 'string' },
    kind: { type: 'string' },
  },
  additionalProperties: true,
};

const EVENTS = {
  get: {
    operationId: 'events',
    summary: 'Streams the history as it is written, as server-sent events; resumes after `Last-Event-ID`',
    parameters: [
      { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string', pattern: '^\\d{1,15}$' } },
    ],
    responses: {
      '200': reply('Events of docs/schema/history.v1.schema.json, one as `data` each.', {
        'text/event-stream': { schema: STREAMED },
      }),
      '503': reply('Too many readers.'),
      ...GUARDED,
    },
  },
};

/** Returns the OpenAPI 3.1 document as YAML. */
export function controlApi(): string {
  const paths = [...COMMANDS, ...CONTROL_ROUTES].map((one): readonly [string, object] => [one.path, pathItem(one)]);
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Control port of sf-conformance',
      version,
      summary: 'Controls a mock Salesforce and asks what it saw, from tests in any language.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [
      {
        url: 'http://127.0.0.1:{port}',
        description: 'The `controlUrl` of `sf-conformance serve --headless --json`.',
        variables: { port: { default: '8090' } },
      },
    ],
    security: [{ token: [] }],
    paths: Object.fromEntries([...paths, ['/events', EVENTS]]),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Refused: reply('The body is not valid, or it cannot be done now.', {
          ...json({
            type: 'object',
            required: ['error'],
            properties: { error: { type: 'string' }, code: { type: 'string' }, hint: { type: 'string' } },
          }),
        }),
        NoToken: reply('The bearer token is missing or wrong.'),
        ForeignPage: reply('A page of another origin sent the request.'),
        ForeignHost: reply('The request does not name 127.0.0.1 or localhost.'),
      },
    },
  };
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

function pathItem({ method, id, summary, body, answer }: Described): object {
  const operation = {
    operationId: id,
    summary,
    ...(method === 'POST' && { requestBody: { required: false, content: json(schemaOf(body)) } }),
    responses: {
      '200': reply('Done.', json(schemaOf(answer))),
      '400': { $ref: '#/components/responses/Refused' },
      ...GUARDED,
    },
  };
  return { [method.toLowerCase()]: operation };
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
