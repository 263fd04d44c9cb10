/** Routes of runs: begin one, drive its client, read its report. */
import { z } from 'zod';
import { runRequestSchema } from '../runs/request.ts';
import type { Service } from '../service.ts';
import { notFound, Problem } from './problem.ts';
import { TYPES } from './types.ts';
import { route, type Call, type Route } from './route.ts';
import { pageQuery, pageSchema, runSchema, shareLinkSchema, shownPage } from './views.ts';

/** A poll is answered after so long at the latest, in milliseconds: proxies end what is silent for longer. */
const POLL_MS = 20_000;
const DAY_MS = 86_400_000;

const numbered = z.object({ number: z.int().positive(), message: z.unknown() });

/** Returns the routes of runs. */
export function runRoutes(service: Service): readonly Route[] {
  return [...playing(service), ...reading(), ...sharing(service)];
}

function playing({ store, registry }: Service): readonly Route[] {
  const live = async ({
    organisation,
    own,
    params: { run: id = '' },
  }: Pick<Call, 'organisation' | 'own' | 'params'>) => {
    const run = registry.find(organisation, id);
    if (run !== undefined) return run;
    const known = await own.run(id);
    if (known?.error?.code === 'repeat') throw new Problem(409, 'repeat', known.error.message);
    // Its instance is gone, which is known for certain after a while.
    if (known !== undefined && known.state !== 'ended')
      throw new Problem(503, 'owner-away', 'Its instance is away.', 1);
    throw notFound();
  };
  return [
    route({
      ...{ method: 'POST', path: '/v1/runs', scope: 'run', body: runRequestSchema },
      summary: "Begins a run. The partner's harness then drives the client over `orders` and `messages`.",
      answer: z.object({ id: z.string() }),
      async handle({ body, organisation, own, principal }) {
        const limits = (await store.organisation(organisation))?.limits ?? {};
        if (body.app !== undefined && (await own.app(body.app)) === undefined) throw notFound();
        const id = await registry.begin(organisation, limits, body);
        await own.audit(principal.token, 'begin run', id);
        return { status: 201, value: { id } };
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

function reading(): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/v1/runs', scope: 'read', answer: pageSchema(runSchema) },
      summary: 'Lists runs, newest first.',
      query: pageQuery.extend({ app: z.string().max(40).optional() }),
      handle: async ({ own, query }) => ({ value: shownPage(await own.runs(query, query.app)) }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/runs/:run', scope: 'read', answer: runSchema },
      summary: 'Returns one run.',
      async handle({ own, params }) {
        const run = await own.run(params['run'] ?? '');
        if (run === undefined) throw notFound();
        return { value: run };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/runs/:run', scope: 'manage' },
      summary: 'Deletes a run that has ended, with its history and report.',
      async handle({ own, params, principal }) {
        const run = await own.run(params['run'] ?? '');
        if (run === undefined) throw notFound();
        if (run.state !== 'ended') throw new Problem(409, 'not-ended', 'The run has not ended.');
        await own.deleteRun(run.id);
        await own.audit(principal.token, 'delete run', run.id);
        return { status: 204 };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/runs/:run/files', scope: 'read' },
      summary: 'Lists the files of a report.',
      answer: z.object({ files: z.array(z.string()) }),
      async handle({ own, params }) {
        const run = await own.run(params['run'] ?? '');
        if (run === undefined) throw notFound();
        return { value: { files: await own.files(run.id) } };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/runs/:run/files/:file*', scope: 'read' },
      summary: 'Returns a file of a report.',
      async handle({ own, params: { run = '', file = '' } }) {
        const content = await own.file(run, file);
        if (content === undefined) throw notFound();
        return { type: TYPES[file.split('.').at(-1) ?? ''] ?? 'text/plain; charset=utf-8', content };
      },
    }),
  ];
}

function sharing({ origin }: Service): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/v1/runs/:run/share-links', scope: 'manage' },
      summary: 'Creates a link that shows the report to whom it is given, until it expires or is revoked.',
      body: z.object({ days: z.int().min(1).max(366).default(30) }),
      answer: z.object({ id: z.string(), url: z.string() }),
      async handle({ own, params, body, principal }) {
        const run = params['run'] ?? '';
        const link = await own.createShareLink(run, new Date(Date.now() + body.days * DAY_MS));
        if (link === undefined) throw notFound();
        await own.audit(principal.token, 'create share link', `${link.id} of ${run}`);
        return { status: 201, value: { id: link.id, url: `${origin}/shared/${link.secret}` }, secret: true };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/runs/:run/share-links', scope: 'manage' },
      summary: 'Lists the share links of a run.',
      answer: z.object({ items: z.array(shareLinkSchema) }),
      async handle({ own, params }) {
        const run = params['run'] ?? '';
        if ((await own.run(run)) === undefined) throw notFound();
        return { value: { items: await own.shareLinks(run) } };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/share-links/:link', scope: 'manage' },
      summary: 'Revokes a share link.',
      async handle({ own, params, principal }) {
        if (!(await own.revokeShareLink(params['link'] ?? ''))) throw notFound();
        await own.audit(principal.token, 'revoke share link', params['link'] ?? '');
        return { status: 204 };
      },
    }),
    route({
      ...{ method: 'POST', path: '/v1/runs/:run/publication', scope: 'manage' },
      summary: 'Publishes the report of a run: anyone may read it and show its badge.',
      answer: z.object({ url: z.string(), badge: z.string() }),
      async handle({ own, params, principal }) {
        const name = await own.publish(params['run'] ?? '', true);
        if (name === undefined) throw notFound();
        await own.audit(principal.token, 'publish run', params['run'] ?? '');
        const url = `${origin}/published/${name ?? ''}`;
        return { status: 201, value: { url, badge: `${url}/badge.svg` } };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/runs/:run/publication', scope: 'manage' },
      summary: 'Withdraws a published report.',
      async handle({ own, params, principal }) {
        if ((await own.publish(params['run'] ?? '', false)) === undefined) throw notFound();
        await own.audit(principal.token, 'withdraw run', params['run'] ?? '');
        return { status: 204 };
      },
    }),
  ];
}
