/** Sign-in and consent: for the harness's browser by itself, for people by a form. */
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { USER_NAME } from '../salesforce/org.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { displayOf, type Question } from './asking.ts';
import { asksForPage, showError } from './error-page.ts';
import { showPage } from './frame.ts';
import { signInPage } from './page.ts';
import { DISPLAY, PERSON, QUESTION } from './parameters.ts';
import { rememberPerson } from './person.ts';

/** Answers `/login/<uid>`: GET shows the page, POST takes its answer; the harness's browser, and who need not be asked, go on at once. */
export async function signIn(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const { provider, org, userStatuses } = parts;
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
  const question = (text(QUESTION) || 'sign-in') as Question;
  const person = text(PERSON);

  const goOn = async (result: Parameters<Provider['interactionResult']>[2]) => {
    const next = await provider.interactionResult(ctx.req, ctx.res, result);
    const { pathname, search } = new URL(next);
    ctx.redirect(pathname + search);
  };
  const allow = async (user: string) => {
    const barred = userStatuses.denial(user, 'callback');
    if (barred !== undefined) return goOn({ error: barred.error, error_description: barred.errorDescription });
    const grant = new provider.Grant({ accountId: user, clientId: text('client_id') });
    grant.addOIDCScope(scopes.join(' '));
    await goOn({ login: { accountId: user, remember: false }, consent: { grantId: await grant.save() } });
  };

  if (exchange.browser && exchange.user !== null) return allow(exchange.user);
  if (question === 'nothing') return allow(person);
  if (ctx.method === 'POST') {
    if (exchange.form.get('answer') === 'deny') {
      return goOn({ error: 'access_denied', error_description: 'end-user denied authorization' });
    }
    const user = exchange.form.get('user')?.trim() ?? '';
    if (exchange.form.get('answer') === 'allow' && USER_NAME.test(user)) {
      rememberPerson(ctx, user, parts);
      return allow(user);
    }
  }

  const suggested = [question === 'consent' ? person : text('login_hint'), person].find((name) => USER_NAME.test(name));
  showPage(
    ctx,
    signInPage({
      action: ctx.path,
      scopes,
      clientId: text('client_id'),
      user: org.user(suggested ?? 'U1'),
      ...{ question, display: displayOf(text(DISPLAY)), accounts: person === '' ? [] : [person] },
      ...(ctx.method === 'POST' && { complaint: 'A user name has 1 to 80 letters, digits and . _ @ + -' }),
    }),
  );
}
