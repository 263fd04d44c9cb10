/** The browser is sent back with an error (RFC 6749 §4.1.2.1). Settings: `error`, default `access_denied`; `description`. */
import { redirect } from '../reply.ts';
import { oauthError } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

export default {
  id: 'error-callback',
  title: 'The callback carries an error',
  on: 'authorize',
  phase: 'before',
  reply: ({ query }, settings) => {
    const error = textOf(settings, 'error', 'access_denied');
    const description = textOf(settings, 'description', 'end-user denied authorization');
    const redirectUri = query.get('redirect_uri');
    const state = query.get('state');
    if (redirectUri === null || !URL.canParse(redirectUri)) return oauthError(400, error, description);
    const target = new URL(redirectUri);
    target.searchParams.set('error', error);
    target.searchParams.set('error_description', description);
    if (state !== null) target.searchParams.set('state', state);
    return redirect(target.toString());
  },
} satisfies Fault;
