/** Handles sign-in and consent: without a page for the harness's browser, with a form for users. */
import type Provider from 'oidc-provider';
import { USER_NAME } from '../salesforce/org.ts';
import type { MockContext } from '../context.ts';
import { finishInteraction, findInteraction, type Interaction } from '../provider/ask-provider.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { redirect, text as plain, type Reply } from '../reply.ts';
import { displayOf, type Question } from './asking.ts';
import { asksForPage, errorPage } from '../salesforce/error-page.ts';
import { page } from '../salesforce/frame.ts';
import { signInPage } from './page.ts';
import { DISPLAY, PERSON, QUESTION } from './parameters.ts';
import { signedIn } from './person.ts';

const NO_STORE = { 'Cache-Control': 'no-store' };

/** Answers `/login/<uid>`: GET shows the page, POST takes its answer. The harness's browser, and users without a question, continue
 * immediately. */
export async function signIn(exchange: Exchange, context: MockContext): Promise<Reply> {
  const interaction = await findInteraction(exchange, context);
  if (interaction === undefined || !exchange.path.endsWith(`/${interaction.uid}`)) return ended(exchange);
  const { form, method, browser, user: signedInAs } = exchange;
  const asked = parametersOf(interaction);
  if (method === 'POST' && form.get('answer') === 'deny') {
    const denied = { error: 'access_denied', error_description: 'end-user denied authorization' };
    return goOn(denied, exchange, context);
  }
  if (browser && signedInAs !== null) return allow(signedInAs, interaction, exchange, context);
  if (asked.question === 'nothing') return allow(asked.person, interaction, exchange, context);
  const user = form.get('user')?.trim() ?? '';
  if (method === 'POST' && form.get('answer') === 'allow' && USER_NAME.test(user)) {
    const reply = await allow(user, interaction, exchange, context);
    return { ...reply, headers: { ...reply.headers, 'Set-Cookie': signedIn(user, context) } };
  }
  return askUser(asked, exchange, context);
}

/** Returns what the sign-in page needs from the parameters of the authorization request. */
function parametersOf({ params }: Interaction) {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
  return {
    clientId: text('client_id'),
    scopes: text('scope').split(' ').filter(Boolean),
    question: (text(QUESTION) || 'sign-in') as Question,
    person: text(PERSON),
    hint: text('login_hint'),
    display: displayOf(text(DISPLAY)),
  };
}

function ended(exchange: Exchange): Reply {
  const sentence = 'This sign-in has ended. Start again in the app.';
  return asksForPage(exchange) ? errorPage(400, 'Sign-in has ended', sentence) : plain(400, sentence, NO_STORE);
}

/** Redirects the browser back to the authorization request with the user's answer. */
async function goOn(
  result: Parameters<Provider['interactionResult']>[2],
  exchange: Exchange,
  context: MockContext,
): Promise<Reply> {
  const { pathname, search } = new URL(await finishInteraction(result, exchange, context));
  return redirect(pathname + search, NO_STORE);
}

/** Signs a user in and approves the requested scopes, unless the user's status forbids it. */
async function allow(user: string, interaction: Interaction, exchange: Exchange, context: MockContext): Promise<Reply> {
  const { provider, userStatuses } = context;
  const denied = userStatuses.denial(user, 'callback');
  if (denied !== undefined)
    return goOn({ error: denied.error, error_description: denied.errorDescription }, exchange, context);
  const { clientId, scopes } = parametersOf(interaction);
  const { Grant } = await provider();
  const grant = new Grant({ accountId: user, clientId });
  grant.addOIDCScope(scopes.join(' '));
  const consent = { grantId: await grant.save() };
  return goOn({ login: { accountId: user, remember: false }, consent }, exchange, context);
}

/** Shows the page; after a POST with an error about the user name. */
function askUser(asked: ReturnType<typeof parametersOf>, { method, path }: Exchange, { org, app }: MockContext): Reply {
  const { question, person, hint, display, scopes, clientId } = asked;
  const suggested = [question === 'consent' ? person : hint, person].find((name) => USER_NAME.test(name));
  return page(
    signInPage({
      ...{
        action: path,
        scopes,
        clientId,
        appName: app.name,
        question,
        display,
        accounts: person === '' ? [] : [person],
      },
      user: org.user(suggested ?? 'U1'),
      ...(method === 'POST' && { complaint: 'A user name has 1 to 80 letters, digits and . _ @ + -' }),
    }),
  );
}
