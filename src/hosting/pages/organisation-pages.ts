/** Shows the pages of an organisation: its apps and runs, a new app, its tokens, its audit log. */
import { markup, type Html } from '../../../reports/html/markup.ts';
import { oneLine } from '../../../reports/text/printable.ts';
import { found } from '../api/problem.ts';
import type { Route } from '../api/route.ts';
import type { Service } from '../service.ts';
import type { AppView, RunView } from '../store/organisation.ts';
import { button, frame, instant, secretPage, table, verdictBadge } from './frame.ts';
import { formRoute, removalForm, type PageRoute } from './page-route.ts';

const RUNS = 50;
const ENTRIES = 100;

/** Returns the pages of organisations. */
export function organisationPages(service: Service, api: readonly Route[]): readonly PageRoute[] {
  return [...apps(service, api), ...access(api), ...people(service, api)];
}

function apps({ store, origin, registry }: Service, api: readonly Route[]): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/', scope: 'read' },
      async show({ own, organisation, query }) {
        const { items } = await own.apps({ limit: RUNS });
        const newest = await own.newest(items.map(({ id }) => id));
        const runs = await own.runs({ limit: RUNS, after: query.get('after') ?? undefined });
        const body = markup`${items.length === 0 ? markup`<p>There is no app yet.</p>` : appTable(items, newest)}
          <p><a href="/apps/new">New app</a></p>
          <h2>Runs</h2>
          ${runTable(runs.items)}
          ${runs.next !== undefined && markup`<p><a href=${`/?after=${runs.next}`}>Older runs</a></p>`}`;
        return { html: frame({ title: (await store.organisation(organisation))?.name ?? '', signedIn: true, body }) };
      },
    },
    {
      ...{ method: 'GET', path: '/apps/new', scope: 'manage' },
      show: () => Promise.resolve({ html: frame({ title: 'New app', signedIn: true, body: newApp() }) }),
    },
    formRoute(api, {
      ...{ does: 'POST /v1/apps', path: '/apps' },
      body(form) {
        const redirectUris = form.getAll('redirectUri').filter((uri) => uri !== '');
        const about = { name: form.get('name') ?? '', kind: form.get('kind') ?? '', client: form.get('client') ?? '' };
        return redirectUris.length === 0 ? about : { ...about, redirectUris };
      },
      next: ({ id }) => ({ goTo: `/apps/${String(id)}` }),
    }),
    {
      ...{ method: 'POST', path: '/apps/:app/live', scope: 'run' },
      async show({ own, organisation, id: app, principal }) {
        const id = await registry.beginLive(organisation, found(await own.app(app)));
        await own.audit(principal.token, 'begin live session', id);
        return { goTo: `/live/${id}/` };
      },
    },
    {
      ...{ method: 'GET', path: '/apps/:app', scope: 'read' },
      async show({ own, id }) {
        const app = found(await own.app(id));
        const { items } = await own.runs({ limit: RUNS }, id);
        return { html: frame({ title: app.name, signedIn: true, body: appPage(app, items, origin) }) };
      },
    },
  ];
}

const appTable = (list: readonly AppView[], newest: ReadonlyMap<string, RunView>): Html =>
  table(
    ['App', 'Client', 'Newest verdict'],
    list.map(({ id, name, settings }) => {
      const run = newest.get(id);
      return [
        markup`<a href=${`/apps/${id}`}>${oneLine(name, 120)}</a>`,
        settings['client'],
        run === undefined ? 'None' : markup`<a href=${`/runs/${run.id}`}>${verdictBadge(run)}</a>`,
      ];
    }),
  );

/** Renders runs as a form; the selected ones are compared. */
function runTable(runs: readonly RunView[]): Html {
  if (runs.length === 0) return markup`<p>There is no run yet.</p>`;
  const rows = runs.map((run) => [
    markup`<a href=${`/runs/${run.id}`}>${instant(run.createdAt)}</a>`,
    oneLine(run.appName, 120),
    verdictBadge(run),
    run.verdict !== null &&
      markup`<input type="checkbox" name="run" value=${run.id} aria-label=${`Compare the run of ${instant(run.createdAt)}`} />`,
  ]);
  return markup`<form method="get" action="/compare">
    ${table(['Begun', 'Client', 'Verdict', 'Compare'], rows)}
    <div class="row"><button type="submit">Compare the chosen runs</button></div>
  </form>`;
}

function newApp(): Html {
  return markup`<form class="fields" method="post" action="/apps">
    <label>Name <input name="name" required maxlength="200" /></label>
    <label>Kind <select name="kind"><option value="external-client-app">External Client App</option><option value="connected-app">Connected App</option></select></label>
    <label>Client <select name="client"><option value="public">Public (no secret)</option><option value="confidential">Confidential (with a secret)</option></select></label>
    <label>Redirect URI (empty: any loopback port) <input name="redirectUri" maxlength="2000" /></label>
    <button type="submit">Create the app</button>
  </form>`;
}

function appPage(app: AppView, runs: readonly RunView[], origin: string): Html {
  const { clientId, clientSecret, redirectUris, scopes, name, kind, client } = app.settings;
  const rows: readonly (readonly [string, unknown])[] = [
    ['Consumer key (client id)', clientId],
    ...(clientSecret === undefined ? [] : ([['Consumer secret', clientSecret]] as const)),
    ['Redirect URIs', (redirectUris as readonly string[]).join(' ')],
    ['Scopes', (scopes as readonly string[]).join(' ')],
  ];
  const section = { name, kind, client, clientId, clientSecret, redirectUris, scopes };
  return markup`<h2>What to type into the client</h2>
    <dl class="facts wide">${rows.map(([label, value]) => markup`<div><dt>${label}</dt><dd><code>${value}</code></dd></div>`)}</dl>
    <h2>Try it by hand</h2>
    <p>A live session starts a mock, says what to type into the client and shows verdicts while you work.</p>
    ${button(`/apps/${app.id}/live`, 'Start a live session')}
    <h2>Run the suites</h2>
    <p>Put this into <code>conformance.config.json</code>, with the driver of your client. The login URL is in <code>SF_LOGIN_URL</code>; it is new in each run.</p>
    <pre tabindex="0"><code>${JSON.stringify({ app: section, driver: { type: 'adapter', command: ['…'] } }, undefined, 2)}</code></pre>
    <pre tabindex="0"><code>${`SF_CONFORMANCE_TOKEN=sfc_… sf-conformance run --at ${origin} --at-app ${app.id}`}</code></pre>
    <h2>Runs</h2>
    ${runTable(runs)}`;
}

const scopesField = (): Html =>
  markup`<label>It may <select name="may"><option value="read run">run and read (CI)</option><option value="read">read</option><option value="read run manage">do everything</option></select></label>`;

function access(api: readonly Route[]): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/tokens', scope: 'manage' },
      async show({ own }) {
        const rows = (await own.tokens())
          .filter(({ revokedAt }) => revokedAt === null)
          .map(({ id, name, scopes, createdAt }) => [
            ...[oneLine(name, 120), scopes.join(', '), instant(createdAt)],
            button(`/tokens/${id}/revoke`, 'Revoke'),
          ]);
        const body = markup`${table(['Name', 'Scopes', 'Created', 'Revoke'], rows)}
          <h2>New token</h2>
          <form class="fields" method="post" action="/tokens">
            <label>Name <input name="name" required maxlength="200" /></label>
            ${scopesField()}
            <button type="submit">Create the token</button>
          </form>`;
        return { html: frame({ title: 'Tokens', signedIn: true, body }) };
      },
    },
    formRoute(api, {
      ...{ does: 'POST /v1/tokens', path: '/tokens' },
      body: (form) => ({ name: form.get('name'), scopes: form.get('may')?.split(' ') }),
      next: ({ token }) => ({ html: secretPage('A new token', { secret: String(token), back: '/tokens' }) }),
    }),
    removalForm(api, 'DELETE /v1/tokens/:token', '/tokens/:token/revoke', '/tokens'),
    {
      ...{ method: 'GET', path: '/audit', scope: 'manage' },
      async show({ own, query }) {
        const before = Number(query.get('before') ?? '');
        const entries = await own.auditLog(before > 0 ? before : undefined, ENTRIES);
        const last = entries.at(-1);
        const rows = entries.map(({ at, actor, action, subject }) => [
          ...[instant(at), markup`<code>${actor}</code>`, markup`${action} <code>${subject}</code>`],
        ]);
        const body = markup`${table(['At', 'Token', 'What was done'], rows)}
          ${entries.length === ENTRIES && last !== undefined && markup`<p><a href=${`/audit?before=${String(last.number)}`}>Older entries</a></p>`}`;
        return { html: frame({ title: 'Audit log', signedIn: true, body }) };
      },
    },
  ];
}

function people({ openId, origin }: Service, api: readonly Route[]): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/sign-in-rules', scope: 'manage' },
      async show({ own, organisation }) {
        const rows = (await own.signInRules()).map(({ id, kind, value, scopes }) => [
          ...[kind, oneLine(value, 300), scopes.join(', '), button(`/sign-in-rules/${id}/delete`, 'Delete')],
        ]);
        const page = `${origin}/sign-in/openid?organisation=${organisation}`;
        const body = markup`<p>${openId === undefined ? 'This service has no OpenID Connect issuer.' : markup`They sign in at <code>${page}</code>`}</p>
          ${table(['Kind', 'Value', 'Scopes', 'Delete'], rows)}
          <h2>New rule</h2>
          <form class="fields" method="post" action="/sign-in-rules">
            <label>Kind <select name="kind"><option value="email">verified e-mail address</option><option value="domain">domain of verified e-mail addresses</option><option value="subject">subject (sub)</option></select></label>
            <label>Value <input name="value" required maxlength="300" /></label>
            ${scopesField()}
            <button type="submit">Create the rule</button>
          </form>`;
        return { html: frame({ title: 'Who may sign in', signedIn: true, body }) };
      },
    },
    formRoute(api, {
      ...{ does: 'POST /v1/sign-in-rules', path: '/sign-in-rules', next: () => ({ goTo: '/sign-in-rules' }) },
      body: (form) => ({ kind: form.get('kind'), value: form.get('value'), scopes: form.get('may')?.split(' ') }),
    }),
    removalForm(api, 'DELETE /v1/sign-in-rules/:rule', '/sign-in-rules/:rule/delete', '/sign-in-rules'),
  ];
}
