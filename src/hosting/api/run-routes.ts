/** Defines the API routes of runs: begin a run, drive its client, read its report. */
import { z } from 'zod';
import { runRequestSchema } from '../runs/request.ts';
import type { Service } from '../service.ts';
import { runSchema, shareLinkSchema } from '../store/organisation.ts';
import { pageQuery, pageSchema } from '../store/page.ts';
import { found, notFound, Problem } from './problem.ts';
import { TYPES } from './types.ts';
import { removal, route, type Call, type Route } from './route.ts';

/** Longest duration of a poll in milliseconds; proxies close connections that are idle for longer. */
const POLL_MS = 20_000;
const DAY_MS = 86_400_000;

const numbered = z.object({ number: z.int().positive(), message: z.unknown() });

/** Returns the routes of runs. */
export function runRoutes(service: Service): readonly Route[] {
  return [...driving(service), ...reading, ...sharing(service)];
}

function driving({ registry }: Service): readonly Route[] {
  const live = async ({ organisation, own, id }: Pick<Call, 'organisation' | 'own' | 'id'>) => {
    const run = registry.find(organisation, id);
    if (run !== undefined) return run;
    const known = await own.run(id);
    if (known?.error?.code === 'repeat') throw new Problem(409, 'repeat', known.error.message);
    // Its instance is gone, which is certain only after a while.
    if (known !== undefined && known.state !== 'ended')
      throw new Problem(503, 'owner-away', 'Its instance is away.', 1);
    throw notFound();
  };
  return [
    route({
      ...{ method: 'POST', path: '/v1/runs', scope: 'run', body: runRequestSchema, audit: 'begin run' },
      summary: "Begins a run. The partner's harness then drives the client over `orders` and `messages`.",
      answer: z.object({ id: z.string() }),
      async handle({ body, organisation, own }) {
        if (body.app !== undefined) found(await own.app(body.app));
        return { status: 201, value: { id: await registry.begin(organisation, body) } };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/runs/:run/orders', scope: 'run', link: true },
      summary:
        "Waits for messages to the partner's harness after the number `after`, which acknowledges those up to it.",
      query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
      answer: z.object({ messages: z.array(numbered) }),
      async handle(call) {
        return { value: { messages: await (await live(call)).take(call.query.after, POLL_MS, call.signal) } };
      },
    }),
    route({
      ...{ method: 'POST', path: '/v1/runs/:run/messages', scope: 'run', link: true },
      summary: "Takes messages of the partner's harness. Those that came before are ignored.",
      body: z.object({ messages: z.array(numbered).max(1_000) }),
      answer: z.object({ received: z.int().describe('Number of the last message that was taken.') }),
      handle: async (call) => ({ value: { received: (await live(call)).receive(call.body.messages as never) } }),
    }),
  ];
}

const reading: readonly Route[] = [
  route({
    ...{ method: 'GET', path: '/v1/runs', scope: 'read', answer: pageSchema(runSchema) },
    summary: 'Lists runs, newest first.',
    query: pageQuery.extend({ app: z.string().max(40).optional() }),
    handle: async ({ own, query }) => ({ value: await own.runs(query, query.app) }),
  }),
  route({
    ...{ method: 'GET', path: '/v1/runs/:run', scope: 'read', answer: runSchema },
    summary: 'Returns one run.',
    handle: async ({ own, id }) => ({ value: found(await own.run(id)) }),
  }),
  removal(
    {
      path: '/v1/runs/:run',
      summary: 'Deletes a run that has ended, with its history and report.',
      audit: 'delete run',
    },
    async (own, id) => {
      const { state } = found(await own.run(id));
      if (state !== 'ended') throw new Problem(409, 'not-ended', 'The run has not ended.');
      return own.deleteRun(id);
    },
  ),
  route({
    ...{ method: 'GET', path: '/v1/runs/:run/files', scope: 'read' },
    summary: 'Lists the files of a report.',
    answer: z.object({ files: z.array(z.string()) }),
    handle: async ({ own, id }) => ({ value: { files: await own.files(found(await own.run(id)).id) } }),
  }),
  route({
    ...{ method: 'GET', path: '/v1/runs/:run/files/:file*', scope: 'read' },
    summary: 'Returns a file of a report.',
    async handle({ own, id, params: { file = '' } }) {
      const content = found(await own.file(id, file));
      return { type: TYPES[file.split('.').at(-1) ?? ''] ?? 'text/plain; charset=utf-8', content };
    },
  }),
];

function sharing({ origin }: Service): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/v1/runs/:run/share-links', scope: 'manage', audit: 'create share link' },
      summary: 'Creates a link that shows the report to whom it is given, until it expires or is revoked.',
      body: z.object({ days: z.int().min(1).max(366).default(30) }),
      answer: z.object({ id: z.string(), url: z.string() }),
      async handle({ own, id: run, body }) {
        const { id, secret } = found(await own.createShareLink(run, new Date(Date.now() + body.days * DAY_MS)));
        return { status: 201, value: { id, url: `${origin}/shared/${secret}` }, secret: true };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/runs/:run/share-links', scope: 'manage' },
      summary: 'Lists the share links of a run.',
      answer: z.object({ items: z.array(shareLinkSchema) }),
      handle: async ({ own, id }) => ({ value: { items: await own.shareLinks(found(await own.run(id)).id) } }),
    }),
    removal(
      { path: '/v1/share-links/:link', summary: 'Revokes a share link.', audit: 'revoke share link' },
      (own, id) => own.revokeShareLink(id),
    ),
    route({
      ...{ method: 'POST', path: '/v1/runs/:run/publication', scope: 'manage', audit: 'publish run' },
      summary: 'Publishes the report of a run: anyone may read it and show its badge.',
      answer: z.object({ url: z.string(), badge: z.string() }),
      async handle({ own, id }) {
        const url = `${origin}/published/${found(await own.publish(id, true)) ?? ''}`;
        return { status: 201, value: { url, badge: `${url}/badge.svg` } };
      },
    }),
    removal(
      { path: '/v1/runs/:run/publication', summary: 'Withdraws a published report.', audit: 'withdraw run' },
      async (own, id) => (await own.publish(id, false)) !== undefined,
    ),
  ];
}
