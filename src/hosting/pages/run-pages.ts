/** Shows the pages of runs: one run with its report, links and files; two side by side. */
import { compareReports } from '../../../reports/compare/compare.ts';
import { comparePage } from '../../../reports/compare/page.ts';
import { markup, type Html } from '../../../reports/html/markup.ts';
import { oneLine } from '../../../reports/text/printable.ts';
import { reportSchema, type Report } from '../../grade/report.ts';
import { found, notFound } from '../api/problem.ts';
import type { Route } from '../api/route.ts';
import type { Service } from '../service.ts';
import type { OrganisationStore } from '../store/organisation-store.ts';
import type { RunView, ShareLinkView } from '../store/organisation.ts';
import { button, frame, instant, secretPage, verdictBadge } from './frame.ts';
import { formRoute, removalForm, type Form, type PageRoute } from './page-route.ts';

const SHARE_DAYS = 30;

/** Returns the pages of runs. */
export function runPages({ origin }: Service, api: readonly Route[]): readonly PageRoute[] {
  const backToRun: Form['next'] = (_, { id }) => ({ goTo: `/runs/${id}` });
  return [
    {
      ...{ method: 'GET', path: '/runs/:run', scope: 'read' },
      async show({ own, id }) {
        const run = found(await own.run(id));
        return { html: runPage({ run, files: await own.files(id), links: await own.shareLinks(id), origin }) };
      },
    },
    {
      ...{ method: 'GET', path: '/runs/:run/files/:file*', scope: 'read' },
      show: ({ own, id, params: { file = '' } }) => fileOf(own, id, file),
    },
    {
      ...{ method: 'GET', path: '/compare', scope: 'read' },
      async show({ own, query }) {
        const reports: Report[] = [];
        for (const id of query.getAll('run').slice(0, 20)) reports.push(await reportOf(own, id));
        return { html: comparePage(compareReports(reports)) };
      },
    },
    formRoute(api, {
      ...{ does: 'POST /v1/runs/:run/share-links', path: '/runs/:run/share' },
      next: ({ url }, { id }) => ({
        html: secretPage('A new share link', {
          ...{ secret: String(url), back: `/runs/${id}` },
          about: `It shows the report of this run to whom it is given, for ${String(SHARE_DAYS)} days.`,
        }),
      }),
      body: () => ({ days: SHARE_DAYS }),
    }),
    removalForm(api, 'DELETE /v1/share-links/:link', '/share-links/:link/revoke', '/'),
    formRoute(api, { does: 'POST /v1/runs/:run/publication', path: '/runs/:run/publish', next: backToRun }),
    formRoute(api, { does: 'DELETE /v1/runs/:run/publication', path: '/runs/:run/withdraw', next: backToRun }),
  ];
}

/** Returns a file of a report.
 * @throws Problem 404 */
export async function fileOf(own: OrganisationStore, run: string, file: string) {
  return { file, content: found(await own.file(run, file)) };
}

/** Returns the report of a run.
 * @throws Problem 404 */
export async function reportOf(own: OrganisationStore, run: string): Promise<Report> {
  const content = found(await own.file(run, 'report.json'));
  const value: unknown = JSON.parse(content.toString('utf8'));
  if (!reportSchema.safeParse(value).success) throw notFound();
  return value as Report;
}

interface RunPageParts {
  readonly run: RunView;
  readonly files: readonly string[];
  readonly links: readonly ShareLinkView[];
  readonly origin: string;
}

function runPage({ run, files, links, origin }: RunPageParts): string {
  const path = `/runs/${run.id}`;
  const body = markup`<p>${verdictBadge(run)} <span class="muted">${instant(run.createdAt)} · <code>${run.id}</code></span></p>
    ${run.summary !== null && markup`<p>${oneLine(run.summary, 800)}</p>`}
    ${run.error !== null && markup`<p>${oneLine(run.error.message, 800)}<br />${oneLine(run.error.hint, 800)}</p>`}
    ${run.kind === 'live' && run.state !== 'ended' && markup`<p><a href=${`/live/${run.id}/`}>Go to the live session</a></p>`}
    ${files.includes('index.html') && markup`<p><a href=${`${path}/files/index.html`}>Read the report</a></p>`}
    ${run.verdict !== null && sharing(run, links, origin)}
    <h2>Files</h2>
    <ul>${files.map((file) => markup`<li><a href=${`${path}/files/${file}`}>${file}</a></li>`)}</ul>`;
  return frame({ title: run.appName, signedIn: true, body });
}

function sharing(run: RunView, links: readonly ShareLinkView[], origin: string): Html {
  const page = `${origin}/published/${run.publishedAs ?? ''}`;
  const open = links.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt.getTime() > Date.now());
  return markup`<section aria-labelledby="sharing">
    <h2 id="sharing">Show it to others</h2>
    <div class="row">
      ${button(`/runs/${run.id}/share`, 'Create a share link')}
      ${run.publishedAs === null ? button(`/runs/${run.id}/publish`, 'Publish') : button(`/runs/${run.id}/withdraw`, 'Withdraw what is published')}
    </div>
    ${
      run.publishedAs !== null &&
      markup`<p>Published at <a href=${page}>${page}</a>, with a badge: <code>${`${page}/badge.svg`}</code></p>`
    }
    ${
      open.length > 0 &&
      markup`<ul>${open.map(
        ({ id, expiresAt }) =>
          markup`<li class="row">Share link <code>${id}</code> until ${instant(expiresAt)} ${button(`/share-links/${id}/revoke`, 'Revoke')}</li>`,
      )}</ul>`
    }
  </section>`;
}
