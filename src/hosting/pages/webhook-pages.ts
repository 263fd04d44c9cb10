/** Pages of webhooks: the list, and what became of each message. */
import { markup } from '../../../reports/html/markup.ts';
import { oneLine } from '../../../reports/text/printable.ts';
import { found } from '../api/problem.ts';
import type { Route } from '../api/route.ts';
import { button, frame, instant, secretPage, table } from './frame.ts';
import { formRoute, removalForm, type PageRoute } from './page-route.ts';

const MESSAGES = 100;

/** Returns the pages of webhooks. */
export function webhookPages(api: readonly Route[]): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/webhooks', scope: 'manage' },
      async show({ own }) {
        const rows = (await own.webhooks()).map(({ id, url, createdAt }) => [
          ...[markup`<a href=${`/webhooks/${id}`}>${oneLine(url, 200)}</a>`, instant(createdAt)],
          button(`/webhooks/${id}/delete`, 'Delete'),
        ]);
        const body = markup`${table(['URL', 'Created', 'Delete'], rows)}
          <h2>New webhook</h2>
          <form class="fields" method="post" action="/webhooks">
            <label>URL <input name="url" type="url" required maxlength="2000" placeholder="https://" /></label>
            <button type="submit">Create the webhook</button>
          </form>
          <p class="muted">It gets a message, signed as Standard Webhooks says, when a run has ended.</p>`;
        return { html: frame({ title: 'Webhooks', signedIn: true, body }) };
      },
    },
    {
      ...{ method: 'GET', path: '/webhooks/:webhook', scope: 'manage' },
      async show({ own, id, query }) {
        const { url } = found((await own.webhooks()).find((webhook) => webhook.id === id));
        const { items, next } = await own.deliveries(id, { limit: MESSAGES, after: query.get('after') ?? undefined });
        const rows = items.map(({ run, state, attempts, answer, createdAt }) => [
          ...[instant(createdAt), markup`<a href=${`/runs/${run}`}>${run}</a>`, state, attempts],
          oneLine(answer ?? '', 200),
        ]);
        const body = markup`<p><code>${oneLine(url, 2_000)}</code></p>
          ${table(['Run ended', 'Run', 'State', 'Attempts', 'Last answer'], rows)}
          ${next !== undefined && markup`<p><a href=${`/webhooks/${id}?after=${next}`}>Older messages</a></p>`}`;
        return { html: frame({ title: 'Messages of a webhook', signedIn: true, body }) };
      },
    },
    formRoute(api, {
      ...{ does: 'POST /v1/webhooks', path: '/webhooks', body: (form) => ({ url: form.get('url') }) },
      next: ({ secret }) => ({ html: secretPage('A new webhook', { secret: String(secret), back: '/webhooks' }) }),
    }),
    removalForm(api, 'DELETE /v1/webhooks/:webhook', '/webhooks/:webhook/delete', '/webhooks'),
  ];
}
