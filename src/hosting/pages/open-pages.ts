/** Shows the pages that need no sign-in: the sign-in itself, and shared or published reports. */
import { format as badge } from '../../../reports/badge.format.ts';
import { markup } from '../../../reports/html/markup.ts';
import { found } from '../api/problem.ts';
import type { Service } from '../service.ts';
import { frame, style } from './frame.ts';
import type { PageRoute, PageReply } from './page-route.ts';
import { fileOf, reportOf } from './run-pages.ts';

/** Duration of a sign-in in milliseconds. */
const SESSION_MS = 12 * 3_600_000;

/** Returns the cookie of a signed-in browser; an empty `value` deletes it. `__Host-` binds it to this origin (RFC 6265bis). */
export function sessionCookie(origin: string, value: string): string {
  const secure = origin.startsWith('https:');
  const age = value === '' ? 0 : SESSION_MS / 1_000;
  return `${cookieName(origin)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${String(age)}${secure ? '; Secure' : ''}`;
}

/** Returns the name of the cookie; its prefix needs HTTPS. */
export const cookieName = (origin: string): string =>
  origin.startsWith('https:') ? '__Host-sf-conformance' : 'sf-conformance';

/** Returns the pages that anyone may see. */
export function openPages({ store, origin }: Service): readonly PageRoute[] {
  const report = ({ organisation, run }: { readonly organisation: string; readonly run: string }): Promise<PageReply> =>
    fileOf(store.of(organisation), run, 'index.html');
  return [
    {
      ...{ method: 'GET', path: '/style.css', scope: 'anyone' },
      show: () => Promise.resolve({ file: 'style.css', content: style() }),
    },
    {
      ...{ method: 'GET', path: '/sign-in', scope: 'anyone' },
      show: () => Promise.resolve({ html: signIn('') }),
    },
    {
      ...{ method: 'POST', path: '/sign-in', scope: 'anyone' },
      async show({ form }) {
        const principal = await store.authenticate((form.get('token') ?? '').trim());
        if (principal?.organisation === undefined)
          return { html: signIn('This is not a valid token of an organisation.'), status: 401 };
        // The browser gets its own token, so the typed one is not stored in it.
        const { token: own, organisation, scopes } = principal;
        const expiresAt = new Date(Date.now() + SESSION_MS);
        const session = await store.createToken({ organisation, scopes, expiresAt, name: `browser session of ${own}` });
        await store.of(organisation).audit(own, 'sign in', session.id);
        return { goTo: '/', cookie: sessionCookie(origin, session.token) };
      },
    },
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

function signIn(why: string): string {
  const body = markup`${why !== '' && markup`<p role="alert">${why}</p>`}
    <form class="fields" method="post" action="/sign-in">
      <label>Token <input name="token" type="password" required autocomplete="current-password" /></label>
      <button type="submit">Sign in</button>
    </form>
    <p class="muted">The operator of the service gives each organisation its first token.</p>`;
  return frame({ title: 'Sign in', signedIn: false, body });
}
