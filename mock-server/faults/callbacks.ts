/** What the browser brings back to the client. */
import { redirect } from '../reply.ts';
import { amendCallback, oauthError } from './fault-answer.ts';
import { textOf, type Fault } from './fault.ts';

/** The faults of the callback. */
export const CALLBACKS: readonly Fault[] = [
  // The browser is sent back with an error (RFC 6749 §4.1.2.1). Settings: `error`, default `access_denied`; `description`.
  {
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
  },
  // The callback carries no state although the client sent one (RFC 6749 §4.1.2 asks for it).
  {
    id: 'missing-state',
    title: 'The callback carries no state',
    on: 'authorize',
    phase: 'after',
    change: (reply) =>
      amendCallback(reply, (parameters) => {
        parameters.delete('state');
      }),
  },
  // The callback carries another state than the client sent (RFC 6749 §10.12). Setting: `state`, default `not-the-state-of-this-login`.
  {
    id: 'wrong-state',
    title: 'The callback carries another state',
    on: 'authorize',
    phase: 'after',
    change: (reply, _exchange, settings) =>
      amendCallback(reply, (parameters) => {
        parameters.set('state', textOf(settings, 'state', 'not-the-state-of-this-login'));
      }),
  },
];
