/** The message that a webhook gets when a run has ended, signed as Standard Webhooks says. */
import { hkdfSync, type KeyObject } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Deliveries } from '../store/webhooks.ts';

/** Describes the message. */
export const messageSchema = z.object({
  type: z.literal('run.ended'),
  timestamp: z.iso.datetime().describe('When the run ended.'),
  data: z.object({
    run: z.string(),
    kind: z.enum(['run', 'live']),
    app: z.string().nullable(),
    appName: z.string(),
    verdict: z.string().nullable().describe('Null: the run ended with an error.'),
    summary: z.string().nullable(),
    error: z.string().nullable().describe('Code of the error.'),
    report: z.url().describe('Page of the run, which leads to its report.'),
  }),
});

/** Returns the secret of a webhook. It is derived from the key of the service, so no database and no backup holds it. */
export function secretOf(key: KeyObject, webhook: string): string {
  const bytes = hkdfSync('sha256', key.export({ type: 'pkcs8', format: 'der' }), '', `webhook ${webhook}`, 32);
  return `whsec_${Buffer.from(bytes).toString('base64')}`;
}

type Due = Awaited<ReturnType<Deliveries['take']>>[number];

/** Returns the body of the request and its headers. @param now when it is sent */
export function messageOf(due: Due, { key, origin, now }: { key: KeyObject; origin: string; now: Date }) {
  const { id, webhook, run, kind, app, appName, verdict, summary, error, endedAt } = due;
  const message: z.infer<typeof messageSchema> = {
    ...{ type: 'run.ended', timestamp: (endedAt ?? now).toISOString() },
    data: {
      ...{ run, kind, app, appName, verdict, summary, error: error?.code ?? null },
      report: `${origin}/runs/${run}`,
    },
  };
  const body = JSON.stringify(message);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'sf-conformance',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secretOf(key, webhook)).sign(id, now, body),
  };
  return { body, headers };
}
