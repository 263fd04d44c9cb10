/** Shows the pages that need no sign-in: the sign-in itself, and shared or published reports. */
import { format as badge } from '../../../reports/badge.format.ts';
import { markup } from '../../../reports/html/markup.ts';
import { found, Problem } from '../api/problem.ts';
import { parseJson } from '../api/read-json.ts';
import type { Service } from '../service.ts';
import { attemptSchema, type OpenId } from '../sign-in/openid.ts';
import { attemptCookie, attemptName, openSession, sessionCookie } from '../sign-in/session.ts';
import { frame, passage, style } from './frame.ts';
import type { PageRoute, PageReply } from './page-route.ts';
import { fileOf, reportOf } from './run-pages.ts';

/** Returns the pages that anyone may see. */
export function openPages({ store, origin, openId }: Service): readonly PageRoute[] {
  const report = ({ organisation, run }: { readonly organisation: string; readonly run: string }): Promise<PageReply> =>
    fileOf(store.of(organisation), run, 'index.html');
  return [
    {
      ...{ method: 'GET', path: '/style.css', scope: 'anyone' },
      show: () => Promise.resolve({ file: 'style.css', content: style() }),
    },
    {
      ...{ method: 'GET', path: '/sign-in', scope: 'anyone' },
      show: () => Promise.resolve({ html: signIn('', openId) }),
    },
    {
      ...{ method: 'POST', path: '/sign-in', scope: 'anyone' },
      async show({ form }) {
        const principal = await store.authenticate((form.get('token') ?? '').trim());
        if (principal?.organisation === undefined)
          return { html: signIn('This is not a valid token of an organisation.', openId), status: 401 };
        // The browser gets a token of its own, so the one that was typed is not kept in it.
        const { token: by, organisation, scopes } = principal;
        return { goTo: '/', cookie: sessionCookie(origin, await openSession(store, { organisation, scopes, by })) };
      },
    },
    ...(openId === undefined ? [] : openIdPages(openId, { store, origin })),
    {
      ...{ method: 'GET', path: '/shared/:secret', scope: 'anyone' },
      show: async ({ id }) => report(found(await store.shared(id))),
    },
    {
      ...{ method: 'GET', path: '/published/:name', scope: 'anyone' },
      show: async ({ id }) => report(found(await store.published(id))),
    },
    {
      ...{ method: 'GET', path: '/published/:name/badge.svg', scope: 'anyone' },
      async show({ id }) {
        const { organisation, run } = found(await store.published(id));
        const rendered = badge.render({ report: await reportOf(store.of(organisation), run), history: [] });
        return { file: 'badge.svg', content: typeof rendered === 'string' ? rendered : [...rendered].join('') };
      },
    },
    {
      ...{ method: 'POST', path: '/sign-out', scope: 'read' },
      async show({ own, principal }) {
        await own.revokeToken(principal.token);
        return { goTo: '/sign-in', cookie: sessionCookie(origin, '') };
      },
    },
  ];
}

function openIdPages(openId: OpenId, { store, origin }: Pick<Service, 'store' | 'origin'>): readonly PageRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/sign-in/openid', scope: 'anyone' },
      async show({ query }) {
        const { url, attempt } = await openId.begin((query.get('organisation') ?? '').slice(0, 40));
        return { html: passage('To the sign-in', url.href), cookie: attemptCookie(origin, attempt) };
      },
    },
    {
      ...{ method: 'GET', path: '/sign-in/callback', scope: 'anyone' },
      async show({ query, cookie }) {
        const kept = Buffer.from(cookie(attemptName(origin)) ?? '', 'base64url').toString();
        const attempt = attemptSchema.safeParse(kept === '' ? undefined : parseJson(kept)).data;
        if (attempt === undefined) throw new Problem(401, 'sign-in-failed', 'The sign-in took too long. Begin again.');
        const identity = await openId.finish(query.toString(), attempt);
        const { organisation } = attempt;
        const rule = await store.of(organisation).signInRuleFor(identity);
        if (rule === undefined)
          throw new Problem(
            403,
            'not-let-in',
            'The organisation does not let you in, or your e-mail address is not verified.',
          );
        const who = identity.email ?? identity.subject;
        const session = await openSession(store, { organisation, scopes: rule.scopes, by: rule.id, who });
        return { html: passage('Signed in', '/'), cookie: sessionCookie(origin, session) };
      },
    },
  ];
}

function signIn(why: string, openId: OpenId | undefined): string {
  const body = markup`${why !== '' && markup`<p role="alert">${why}</p>`}
    <form class="fields" method="post" action="/sign-in">
      <label>Token <input name="token" type="password" required autocomplete="current-password" /></label>
      <button type="submit">Sign in</button>
    </form>
    <p class="muted">The operator of the service gives each organisation its first token.</p>
    ${
      openId !== undefined &&
      markup`<form class="fields" method="get" action="/sign-in/openid">
        <label>Id of your organisation <input name="organisation" required maxlength="40" /></label>
        <button type="submit">Sign in with OpenID Connect</button>
      </form>`
    }`;
  return frame({ title: 'Sign in', signedIn: false, body });
}
