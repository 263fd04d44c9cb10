/** Any error of the platform by its code, in the form of the token endpoint. Settings: `error`, default `unknown_error`; `description`; `status`, default 400. */
import { tokenRefusal } from '../salesforce/refusal.ts';
import { numberOf, textOf, type Fault } from './fault.ts';

export default {
  id: 'oauth-error',
  title: '400 with any error of the platform',
  on: 'refresh',
  phase: 'before',
  reply: (exchange, settings) => {
    const error = textOf(settings, 'error', 'unknown_error');
    const errorDescription = textOf(settings, 'description', 'unknown error');
    return tokenRefusal(exchange, { status: numberOf(settings, 'status', 400, 599), error, errorDescription });
  },
} satisfies Fault;
