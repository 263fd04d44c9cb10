/** Routes of organisations: themselves, their apps, their tokens, their audit log. */
import { z } from 'zod';
import { resolveConfig } from '../../config/resolve.ts';
import type { Service } from '../service.ts';
import { SCOPES } from '../store/store.ts';
import { notFound } from './problem.ts';
import { route, type Route } from './route.ts';
import { appSchema, auditSchema, pageQuery, pageSchema, shownPage, tokenSchema } from './views.ts';

const limitsSchema = z.strictObject({
  runs: z.int().positive().optional(),
  requestsPerMinute: z.int().positive().optional(),
  events: z.int().positive().optional(),
  bytes: z.int().positive().optional(),
  inFlight: z.int().positive().optional(),
});
const name = z.string().trim().min(1).max(200);
const created = z.object({ id: z.string() });

/** What an organisation may give its tokens. */
const OWN_SCOPES = SCOPES.filter((scope) => scope !== 'service');

/** Returns the routes of organisations. */
export function organisationRoutes(service: Service): readonly Route[] {
  return [...ofService(service), ...apps(), ...tokens(service)];
}

function ofService({ store }: Service): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/v1/organisations', scope: 'service' },
      summary: 'Creates an organisation and its first token, which is shown this once.',
      body: z.strictObject({ name, limits: limitsSchema.optional() }),
      answer: z.object({ id: z.string(), token: z.string() }),
      async handle({ body, principal }) {
        const id = await store.createOrganisation(body.name, body.limits);
        const { token } = await store.createToken({ organisation: id, name: 'first', scopes: OWN_SCOPES });
        await store.of(id).audit(principal.token, 'create organisation', id);
        return { status: 201, value: { id, token }, secret: true };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/organisations/:organisation', scope: 'service' },
      summary: 'Deletes an organisation with its apps, runs, reports, tokens and audit log.',
      async handle({ params }) {
        if (!(await store.deleteOrganisation(params['organisation'] ?? ''))) throw notFound();
        return { status: 204 };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/organisation', scope: 'read' },
      summary: 'Returns the organisation of the token.',
      answer: z.object({ id: z.string(), name: z.string(), limits: limitsSchema, retentionDays: z.int() }),
      handle: async ({ organisation }) => ({ value: await store.organisation(organisation) }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/audit-log', scope: 'manage' },
      summary: 'Lists what was done in the organisation and by which token, newest first.',
      query: z.object({
        before: z.coerce.number().int().positive().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answer: z.object({ items: z.array(auditSchema) }),
      handle: async ({ own, query }) => ({ value: { items: await own.auditLog(query.before, query.limit) } }),
    }),
  ];
}

/** Completes the `app` section of a configuration: generates the credentials that it leaves out. @throws HarnessError `config-invalid` */
export function completeApp(section: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { metadata: _metadata, publicKey: _publicKey, ...given } = section;
  const { metadata: _none, ...app } = resolveConfig({ app: given }, { dir: '/', cwd: '/', env: {} }).app;
  return app;
}

function apps(): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/v1/apps', scope: 'manage', answer: appSchema },
      summary: 'Creates an app; client id and secret are generated where they are left out.',
      body: z.record(z.string(), z.unknown()).describe('The `app` section of a configuration.'),
      async handle({ own, body, principal }) {
        const settings = completeApp(body);
        const id = await own.createApp(String(settings['name']), settings);
        await own.audit(principal.token, 'create app', id);
        return { status: 201, value: await own.app(id) };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/apps', scope: 'read', query: pageQuery, answer: pageSchema(appSchema) },
      summary: 'Lists apps, newest first.',
      handle: async ({ own, query }) => ({ value: shownPage(await own.apps(query)) }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/apps/:app', scope: 'read', answer: appSchema },
      summary: 'Returns one app.',
      async handle({ own, params }) {
        const app = await own.app(params['app'] ?? '');
        if (app === undefined) throw notFound();
        return { value: app };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/apps/:app', scope: 'manage' },
      summary: 'Deletes an app; its runs stay.',
      async handle({ own, params, principal }) {
        if (!(await own.deleteApp(params['app'] ?? ''))) throw notFound();
        await own.audit(principal.token, 'delete app', params['app'] ?? '');
        return { status: 204 };
      },
    }),
  ];
}

function tokens({ store }: Service): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/v1/tokens', scope: 'manage' },
      summary: 'Creates a token, which is shown this once.',
      body: z.strictObject({
        name,
        scopes: z.array(z.enum(OWN_SCOPES as readonly ('read' | 'run' | 'manage')[])).min(1),
        days: z.int().min(1).max(3_660).optional().describe('It expires after so many days; default: never.'),
      }),
      answer: created.extend({ token: z.string() }),
      async handle({ own, organisation, body, principal }) {
        const { name: called, scopes, days } = body;
        const expiresAt = days === undefined ? undefined : new Date(Date.now() + days * 86_400_000);
        const token = await store.createToken({ organisation, name: called, scopes, expiresAt });
        await own.audit(principal.token, 'create token', token.id);
        return { status: 201, value: token, secret: true };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/tokens', scope: 'manage' },
      summary: 'Lists tokens, without their secrets.',
      answer: z.object({ items: z.array(tokenSchema) }),
      handle: async ({ own }) => ({ value: { items: await own.tokens() } }),
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/tokens/:token', scope: 'manage' },
      summary: 'Revokes a token.',
      async handle({ own, params, principal }) {
        if (!(await own.revokeToken(params['token'] ?? ''))) throw notFound();
        await own.audit(principal.token, 'revoke token', params['token'] ?? '');
        return { status: 204 };
      },
    }),
  ];
}
