/** Pages of runs: one run with its report, links and files; two side by side. */
import { compareReports } from '../../../reports/compare/compare.ts';
import { comparePage } from '../../../reports/compare/page.ts';
import { markup, type Html } from '../../../reports/html/markup.ts';
import { oneLine } from '../../../reports/text/printable.ts';
import { humanInstant } from '../../../reports/text/words.ts';
import { reportSchema, type Report } from '../../grade/report.ts';
import { notFound } from '../api/problem.ts';
import type { Service } from '../service.ts';
import type { OrganisationStore, RunView, ShareLinkView } from '../store/organisation.ts';
import { button, frame, verdictBadge } from './frame.ts';
import type { PageRoute } from './page-route.ts';

const DAY_MS = 86_400_000;
const SHARE_DAYS = 30;

/** Returns the pages of runs. */
export function runPages({ origin }: Service): readonly PageRoute[] {
  const found = async (own: OrganisationStore, id = ''): Promise<RunView> => {
    const run = await own.run(id);
    if (run === undefined) throw notFound();
    return run;
  };
  return [
    {
      ...{ method: 'GET', path: '/runs/:run', scope: 'read' },
      async show({ own, params }) {
        const run = await found(own, params['run']);
        const [files, links] = [await own.files(run.id), await own.shareLinks(run.id)];
        return { html: runPage({ run, files, links, origin }) };
      },
    },
    {
      ...{ method: 'GET', path: '/runs/:run/files/:file*', scope: 'read' },
      show: ({ own, params: { run = '', file = '' } }) => fileOf(own, run, file),
    },
    {
      ...{ method: 'GET', path: '/compare', scope: 'read' },
      async show({ own, query }) {
        const reports: Report[] = [];
        for (const id of query.getAll('run').slice(0, 20)) reports.push(await reportOf(own, (await found(own, id)).id));
        return { html: comparePage(compareReports(reports)) };
      },
    },
    {
      ...{ method: 'POST', path: '/runs/:run/share', scope: 'manage' },
      async show({ own, params, principal }) {
        const run = await found(own, params['run']);
        const link = await own.createShareLink(run.id, new Date(Date.now() + SHARE_DAYS * DAY_MS));
        await own.audit(principal.token, 'create share link', `${link?.id ?? ''} of ${run.id}`);
        const url = `${origin}/shared/${link?.secret ?? ''}`;
        const body = markup`<p>It shows the report of this run to whom it is given, for ${SHARE_DAYS} days. It is shown this once.</p>
          <pre tabindex="0"><code>${url}</code></pre>
          <p><a href=${`/runs/${run.id}`}>Back to the run</a></p>`;
        return { html: frame({ title: 'A new share link', signedIn: true, body }) };
      },
    },
    {
      ...{ method: 'POST', path: '/share-links/:link/revoke', scope: 'manage' },
      async show({ own, params, principal }) {
        if (!(await own.revokeShareLink(params['link'] ?? ''))) throw notFound();
        await own.audit(principal.token, 'revoke share link', params['link'] ?? '');
        return { goTo: '/' };
      },
    },
    ...(['publish', 'withdraw'] as const).map((how): PageRoute => ({
      ...{ method: 'POST', path: `/runs/:run/${how}`, scope: 'manage' },
      async show({ own, params: { run = '' }, principal }) {
        if ((await own.publish(run, how === 'publish')) === undefined) throw notFound();
        await own.audit(principal.token, `${how} run`, run);
        return { goTo: `/runs/${run}` };
      },
    })),
  ];
}

/** Returns a file of a report. @throws Problem 404 */
export async function fileOf(own: OrganisationStore, run: string, file: string) {
  const content = await own.file(run, file);
  if (content === undefined) throw notFound();
  return { file, content };
}

/** Returns the report of a run. @throws Problem 404 */
export async function reportOf(own: OrganisationStore, run: string): Promise<Report> {
  const content = await own.file(run, 'report.json');
  if (content === undefined) throw notFound();
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
  const body = markup`<p>${verdictBadge(run)} <span class="muted">${humanInstant(run.createdAt.toISOString())} · <code>${run.id}</code></span></p>
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
          markup`<li class="row">Share link <code>${id}</code> until ${humanInstant(expiresAt.toISOString())} ${button(`/share-links/${id}/revoke`, 'Revoke')}</li>`,
      )}</ul>`
    }
  </section>`;
}
