/** The browser is sent back with an error (RFC 6749 §4.1.2.1). Settings: `error`, default `access_denied`; `description`. */
import { textOf, type Fault } from './fault.ts';
import { oauthError } from './fault-answer.ts';

export default {
  id: 'error-callback',
  title: 'The callback carries an error',
  on: 'authorize',
  phase: 'before',
  apply(ctx, exchange, settings) {
    const error = textOf(settings, 'error', 'access_denied');
    const description = textOf(settings, 'description', 'end-user denied authorization');
    const redirectUri = exchange.query.get('redirect_uri');
    const state = exchange.query.get('state');
    if (redirectUri === null || !URL.canParse(redirectUri)) {
      oauthError(ctx, 400, error, description);
      return;
    }
    const target = new URL(redirectUri);
    target.searchParams.set('error', error);
    target.searchParams.set('error_description', description);
    if (state !== null) target.searchParams.set('state', state);
    ctx.redirect(target.toString());
    ctx.body = '';
  },
} satisfies Fault;
