/** Defines the API routes of organisations: their data, apps, tokens and audit log. */
import { z } from 'zod';
import { resolveConfig } from '../../config/resolve.ts';
import type { Service } from '../service.ts';
import {
  appSchema,
  auditSchema,
  limitsSchema,
  organisationSchema,
  SCOPES,
  signInRuleSchema,
  tokenSchema,
  type AppView,
} from '../store/organisation.ts';
import { pageQuery, pageSchema } from '../store/page.ts';
import { found, notFound, Problem } from './problem.ts';
import { removal, route, type Route } from './route.ts';

const name = z.string().trim().min(1).max(200);
/** Scopes that an organisation may give its tokens. */
export const ownScopes = z.enum(SCOPES).exclude(['service']);
const DAY_MS = 86_400_000;

/** Returns the routes of organisations. */
export function organisationRoutes(service: Service): readonly Route[] {
  return [...ofService(service), ...apps, ...tokens(service), ...signInRules];
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
        const { token } = await store.createToken({ organisation: id, name: 'first', scopes: ownScopes.options });
        await store.of(id).audit(principal.token, 'create organisation', id);
        return { status: 201, value: { id, token }, secret: true };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/organisations/:organisation', scope: 'service' },
      summary: 'Deletes an organisation with its apps, runs, reports, tokens and audit log.',
      async handle({ id }) {
        if (!(await store.deleteOrganisation(id))) throw notFound();
        return { status: 204 };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/organisation', scope: 'read', answer: organisationSchema },
      summary: 'Returns the organisation of the token.',
      handle: async ({ organisation }) => ({ value: await store.organisation(organisation) }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/audit-log', scope: 'manage' },
      summary: 'Lists what was done in the organisation and by which token, newest first.',
      query: pageQuery.pick({ limit: true }).extend({ before: z.coerce.number().int().positive().optional() }),
      answer: z.object({ items: z.array(auditSchema) }),
      handle: async ({ own, query }) => ({ value: { items: await own.auditLog(query.before, query.limit) } }),
    }),
  ];
}

/** Completes the `app` section of a configuration: generates missing credentials.
 * @throws HarnessError `config-invalid` */
export function completeApp(section: AppView['settings']): AppView['settings'] {
  const { metadata: _metadata, publicKey: _publicKey, ...given } = section;
  const { metadata: _none, ...app } = resolveConfig({ app: given }, { dir: '/', cwd: '/', env: {} }).app;
  return app;
}

const apps: readonly Route[] = [
  route({
    ...{ method: 'POST', path: '/v1/apps', scope: 'manage', answer: appSchema, audit: 'create app' },
    summary: 'Creates an app; client id and secret are generated where they are left out.',
    body: z.record(z.string(), z.unknown()).describe('The `app` section of a configuration.'),
    async handle({ own, body }) {
      const settings = completeApp(body);
      const id = await own.createApp(String(settings['name']), settings);
      return { status: 201, value: await own.app(id) };
    },
  }),
  route({
    ...{ method: 'GET', path: '/v1/apps', scope: 'read', query: pageQuery, answer: pageSchema(appSchema) },
    summary: 'Lists apps, newest first.',
    handle: async ({ own, query }) => ({ value: await own.apps(query) }),
  }),
  route({
    ...{ method: 'GET', path: '/v1/apps/:app', scope: 'read', answer: appSchema },
    summary: 'Returns one app.',
    handle: async ({ own, id }) => ({ value: found(await own.app(id)) }),
  }),
  removal({ path: '/v1/apps/:app', summary: 'Deletes an app; its runs stay.', audit: 'delete app' }, (own, id) =>
    own.deleteApp(id),
  ),
];

function tokens({ store }: Service): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/v1/tokens', scope: 'manage', audit: 'create token' },
      summary: 'Creates a token, which is shown this once.',
      body: z.strictObject({
        name,
        scopes: z.array(ownScopes).min(1),
        days: z.int().min(1).max(3_660).optional().describe('It expires after so many days; default: never.'),
      }),
      answer: z.object({ id: z.string(), token: z.string() }),
      async handle({ organisation, body: { days, ...about } }) {
        const expiresAt = days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
        return { status: 201, value: await store.createToken({ organisation, ...about, expiresAt }), secret: true };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/tokens', scope: 'manage' },
      summary: 'Lists tokens, without their secrets.',
      answer: z.object({ items: z.array(tokenSchema) }),
      handle: async ({ own }) => ({ value: { items: await own.tokens() } }),
    }),
    removal({ path: '/v1/tokens/:token', summary: 'Revokes a token.', audit: 'revoke token' }, (own, id) =>
      own.revokeToken(id),
    ),
  ];
}

const signInRules: readonly Route[] = [
  route({
    ...{ method: 'POST', path: '/v1/sign-in-rules', scope: 'manage', audit: 'create sign-in rule' },
    summary: 'Lets someone sign in by OpenID Connect: a subject, a verified e-mail address, or all of a domain.',
    body: signInRuleSchema.pick({ kind: true, value: true, scopes: true }),
    answer: z.object({ id: z.string() }),
    async handle({ own, body: { kind, value, scopes } }) {
      const rule = { kind, scopes, value: kind === 'subject' ? value : value.toLowerCase() };
      const id = await own.createSignInRule(rule);
      if (id === undefined) throw new Problem(409, 'rule-exists', 'There is such a rule. Delete it first.');
      return { status: 201, value: { id } };
    },
  }),
  route({
    ...{ method: 'GET', path: '/v1/sign-in-rules', scope: 'manage' },
    summary: 'Lists who may sign in by OpenID Connect.',
    answer: z.object({ items: z.array(signInRuleSchema) }),
    handle: async ({ own }) => ({ value: { items: await own.signInRules() } }),
  }),
  removal(
    {
      path: '/v1/sign-in-rules/:rule',
      summary: 'Deletes a sign-in rule, and signs out whom it let in.',
      audit: 'delete sign-in rule',
    },
    (own, id) => own.deleteSignInRule(id),
  ),
];
