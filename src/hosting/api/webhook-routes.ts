/** Routes of webhooks: which URLs get a message when a run has ended, and what became of each message. */
import { z } from 'zod';
import type { Service } from '../service.ts';
import { deliverySchema, webhookSchema } from '../store/organisation.ts';
import { pageQuery, pageSchema } from '../store/page.ts';
import { secretOf } from '../webhooks/message.ts';
import { found, Problem } from './problem.ts';
import { removal, route, type Route } from './route.ts';

/** Returns the routes of webhooks. */
export function webhookRoutes({ store, key, privateWebhooks }: Service): readonly Route[] {
  const allowed = (url: string): boolean =>
    /^https:\/\/[^@/]+(?:\/|$)/u.test(url) || (privateWebhooks && url.startsWith('http:'));
  return [
    route({
      ...{ method: 'POST', path: '/v1/webhooks', scope: 'manage', audit: 'create webhook' },
      summary: 'Creates a webhook, which gets a signed message when a run has ended. Its secret is shown this once.',
      body: z.strictObject({ url: z.url().max(2_000).refine(allowed, 'not an https URL without a user') }),
      answer: z.object({ id: z.string(), secret: z.string() }),
      async handle({ own, organisation, body }) {
        const most = found(await store.organisation(organisation)).limits.webhooks;
        if ((await own.webhooks()).length >= most)
          throw new Problem(429, 'too-many-webhooks', `The organisation may have ${String(most)} webhooks.`);
        const id = await own.createWebhook(body.url);
        return { status: 201, value: { id, secret: secretOf(key, id) }, secret: true };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/webhooks', scope: 'manage' },
      summary: 'Lists webhooks, without their secrets.',
      answer: z.object({ items: z.array(webhookSchema) }),
      handle: async ({ own }) => ({ value: { items: await own.webhooks() } }),
    }),
    removal({ path: '/v1/webhooks/:webhook', summary: 'Deletes a webhook.', audit: 'delete webhook' }, (own, id) =>
      own.deleteWebhook(id),
    ),
    route({
      ...{ method: 'GET', path: '/v1/webhooks/:webhook/deliveries', scope: 'manage', query: pageQuery },
      summary: 'Lists the messages of a webhook, newest first.',
      answer: pageSchema(deliverySchema),
      async handle({ own, id, query }) {
        found((await own.webhooks()).find((webhook) => webhook.id === id));
        return { value: await own.deliveries(id, query) };
      },
    }),
  ];
}
