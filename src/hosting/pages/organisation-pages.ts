/** Pages of an organisation: its apps and runs, a new app, its tokens, its audit log. */
import { markup, type Html } from '../../../reports/html/markup.ts';
import { oneLine } from '../../../reports/text/printable.ts';
import { humanInstant } from '../../../reports/text/words.ts';
import { completeApp } from '../api/organisation-routes.ts';
import { notFound } from '../api/problem.ts';
import type { Service } from '../service.ts';
import type { AppView, RunView } from '../store/organisation.ts';
import { button, frame, verdictBadge } from './frame.ts';
import type { PageRoute } from './page-route.ts';

const RUNS = 50;
const ENTRIES = 100;

/** Returns the pages of organisations. */
export function organisationPages(service: Service): readonly PageRoute[] {
  return [...apps(service), ...access(service)];
}

function apps({ store, origin, registry }: Service): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/', scope: 'read' },
      async show({ own, organisation, query }) {
        const list = await own.apps({ limit: RUNS });
        const newest = await own.newest(list.items.map(({ id }) => id));
        const runs = await own.runs({ limit: RUNS, after: query.get('after') ?? undefined });
        const body = markup`${appTable(list.items, newest)}
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
    {
      ...{ method: 'POST', path: '/apps', scope: 'manage' },
      async show({ own, form, principal }) {
        const redirectUris = form.getAll('redirectUri').filter((uri) => uri !== '');
        const settings = completeApp({
          ...{ name: form.get('name') ?? '', kind: form.get('kind') ?? '', client: form.get('client') ?? '' },
          ...(redirectUris.length === 0 ? {} : { redirectUris }),
        });
        const id = await own.createApp(String(settings['name']), settings);
        await own.audit(principal.token, 'create app', id);
        return { goTo: `/apps/${id}` };
      },
    },
    {
      ...{ method: 'POST', path: '/apps/:app/live', scope: 'run' },
      async show({ own, organisation, params, principal }) {
        const app = await own.app(params['app'] ?? '');
        if (app === undefined) throw notFound();
        const id = await registry.beginLive(organisation, (await store.organisation(organisation))?.limits ?? {}, app);
        await own.audit(principal.token, 'begin live session', id);
        return { goTo: `/live/${id}/` };
      },
    },
    {
      ...{ method: 'GET', path: '/apps/:app', scope: 'read' },
      async show({ own, params }) {
        const app = await own.app(params['app'] ?? '');
        if (app === undefined) throw notFound();
        const runs = (await own.runs({ limit: RUNS }, app.id)).items;
        return { html: frame({ title: app.name, signedIn: true, body: appPage(app, runs, origin) }) };
      },
    },
  ];
}

function appTable(list: readonly AppView[], newest: ReadonlyMap<string, RunView>): Html {
  if (list.length === 0) return markup`<p>There is no app yet.</p>`;
  return markup`<table>
    <thead><tr><th scope="col">App</th><th scope="col">Client</th><th scope="col">Newest verdict</th></tr></thead>
    <tbody>${list.map(({ id, name, settings }) => {
      const run = newest.get(id);
      return markup`<tr>
        <td><a href=${`/apps/${id}`}>${oneLine(name, 120)}</a></td>
        <td>${settings['client']}</td>
        <td>${run === undefined ? 'None' : markup`<a href=${`/runs/${run.id}`}>${verdictBadge(run)}</a>`}</td>
      </tr>`;
    })}</tbody>
  </table>`;
}

/** Runs as a form: those that are chosen are compared. */
function runTable(runs: readonly RunView[]): Html {
  if (runs.length === 0) return markup`<p>There is no run yet.</p>`;
  return markup`<form method="get" action="/compare">
    <table>
      <thead><tr><th scope="col">Begun</th><th scope="col">Client</th><th scope="col">Verdict</th><th scope="col">Compare</th></tr></thead>
      <tbody>${runs.map(
        (run) => markup`<tr>
          <td><a href=${`/runs/${run.id}`}>${humanInstant(run.createdAt.toISOString())}</a></td>
          <td>${oneLine(run.appName, 120)}</td>
          <td>${verdictBadge(run)}</td>
          <td>${run.verdict !== null && markup`<input type="checkbox" name="run" value=${run.id} aria-label=${`Compare the run of ${humanInstant(run.createdAt.toISOString())}`} />`}</td>
        </tr>`,
      )}</tbody>
    </table>
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
  const section = {
    name,
    kind,
    client,
    clientId,
    ...(clientSecret !== undefined && { clientSecret }),
    redirectUris,
    scopes,
  };
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

function access({ store }: Service): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/tokens', scope: 'manage' },
      async show({ own }) {
        const tokens = (await own.tokens()).filter(({ revokedAt }) => revokedAt === null);
        const body = markup`<table>
            <thead><tr><th scope="col">Name</th><th scope="col">Scopes</th><th scope="col">Created</th><th scope="col">Revoke</th></tr></thead>
            <tbody>${tokens.map(
              ({ id, name, scopes, createdAt }) => markup`<tr>
                <td>${oneLine(name, 120)}</td><td>${scopes.join(', ')}</td><td>${humanInstant(createdAt.toISOString())}</td>
                <td>${button(`/tokens/${id}/revoke`, 'Revoke')}</td>
              </tr>`,
            )}</tbody>
          </table>
          <h2>New token</h2>
          <form class="fields" method="post" action="/tokens">
            <label>Name <input name="name" required maxlength="200" /></label>
            <label>It may <select name="may"><option value="read run">run and read (CI)</option><option value="read">read</option><option value="read run manage">do everything</option></select></label>
            <button type="submit">Create the token</button>
          </form>`;
        return { html: frame({ title: 'Tokens', signedIn: true, body }) };
      },
    },
    {
      ...{ method: 'POST', path: '/tokens', scope: 'manage' },
      async show({ own, organisation, form, principal }) {
        const may = (form.get('may') ?? '').split(' ');
        const scopes = (['read', 'run', 'manage'] as const).filter((scope) => may.includes(scope));
        const name = (form.get('name') ?? '').slice(0, 200);
        const { id, token } = await store.createToken({ organisation, name, scopes });
        await own.audit(principal.token, 'create token', id);
        const body = markup`<p>It is shown this once.</p><pre tabindex="0"><code>${token}</code></pre><p><a href="/tokens">Back to the tokens</a></p>`;
        return { html: frame({ title: 'A new token', signedIn: true, body }) };
      },
    },
    {
      ...{ method: 'POST', path: '/tokens/:token/revoke', scope: 'manage' },
      async show({ own, params: { token = '' }, principal }) {
        if (!(await own.revokeToken(token))) throw notFound();
        await own.audit(principal.token, 'revoke token', token);
        return { goTo: '/tokens' };
      },
    },
    {
      ...{ method: 'GET', path: '/audit', scope: 'manage' },
      async show({ own, query }) {
        const before = Number(query.get('before') ?? '');
        const entries = await own.auditLog(before > 0 ? before : undefined, ENTRIES);
        const last = entries.at(-1);
        const body = markup`<table>
            <thead><tr><th scope="col">At</th><th scope="col">Token</th><th scope="col">What was done</th></tr></thead>
            <tbody>${entries.map(
              ({ at, actor, action, subject }) =>
                markup`<tr><td>${humanInstant(at.toISOString())}</td><td><code>${actor}</code></td><td>${action} <code>${subject}</code></td></tr>`,
            )}</tbody>
          </table>
          ${entries.length === ENTRIES && last !== undefined && markup`<p><a href=${`/audit?before=${String(last.number)}`}>Older entries</a></p>`}`;
        return { html: frame({ title: 'Audit log', signedIn: true, body }) };
      },
    },
  ];
}
