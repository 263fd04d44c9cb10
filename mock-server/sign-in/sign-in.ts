/** Sign-in and consent in one step: for the harness's browser by itself, for people by a form. */
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { USER_NAME, type Org } from '../dialect/org.ts';
import type { Standings } from '../policy/standing.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { asksForPage, showError } from './error-page.ts';
import { showPage } from './frame.ts';
import { signInPage } from './page.ts';

export interface SignInParts {
  readonly provider: Provider;
  readonly org: Org;
  readonly standings: Standings;
}

/** Answers `/login/<uid>`: GET shows the page, POST takes its answer, the harness's browser goes on at once. */
export async function signIn(
  ctx: Context,
  exchange: Exchange,
  { provider, org, standings }: SignInParts,
): Promise<void> {
  ctx.set('Cache-Control', 'no-store');
  const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
  if (interaction === undefined || !ctx.path.endsWith(`/${interaction.uid}`)) {
    const text = 'This sign-in has ended. Start again in the app.';
    ctx.status = 400;
    if (asksForPage(ctx, exchange)) showError(ctx, 'Sign-in has ended', text);
    else {
      ctx.type = 'text/plain';
      ctx.body = text;
    }
    return;
  }
  const { params } = interaction;
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
  const scopes = text('scope').split(' ').filter(Boolean);

  const goOn = async (result: Parameters<Provider['interactionResult']>[2]) => {
    const next = await provider.interactionResult(ctx.req, ctx.res, result);
    const { pathname, search } = new URL(next);
    ctx.redirect(pathname + search);
  };
  const allow = async (user: string) => {
    const barred = standings.denial(user, 'callback');
    if (barred !== undefined) return goOn({ error: barred.error, error_description: barred.errorDescription });
    const grant = new provider.Grant({ accountId: user, clientId: text('client_id') });
    grant.addOIDCScope(scopes.join(' '));
    await goOn({ login: { accountId: user, remember: false }, consent: { grantId: await grant.save() } });
  };

  if (exchange.browser && exchange.user !== null) return allow(exchange.user);
  if (ctx.method === 'POST') {
    if (exchange.form.get('answer') === 'deny') {
      return goOn({ error: 'access_denied', error_description: 'end-user denied authorization' });
    }
    const user = exchange.form.get('user')?.trim() ?? '';
    if (exchange.form.get('answer') === 'allow' && USER_NAME.test(user)) return allow(user);
  }

  const hint = text('login_hint');
  showPage(
    ctx,
    signInPage({
      action: ctx.path,
      scopes,
      clientId: text('client_id'),
      user: org.user(USER_NAME.test(hint) ? hint : 'U1'),
      ...(ctx.method === 'POST' && { complaint: 'A user name has 1 to 80 letters, digits and . _ @ + -' }),
    }),
  );
}
