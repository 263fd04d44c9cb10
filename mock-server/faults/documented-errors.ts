/** One fault for each documented error whose cause the mock has not (dialect/documented.ts): it is said where the platform says it. */
import { DOCUMENTED, type DocumentedError } from '../salesforce/documented.ts';
import { refuseByRedirect, refuseOnPage, refuseToken } from '../salesforce/refusal.ts';
import type { Fault } from './fault.ts';

const ON = { token: 'refresh', callback: 'authorize', page: 'authorize' } as const;
const PLACE = { token: '', callback: ' at the callback, after sign-in', page: ' on a page, before sign-in' } as const;

/** Whoever signed in and was let in hears of it at the callback: the code that was ready is never handed out. */
function faultOf({ id, error, description, delivered }: DocumentedError): Fault {
  const why = { status: 400, error, errorDescription: description };
  return {
    id,
    title: `${error}: ${description}${PLACE[delivered]}`,
    on: ON[delivered],
    phase: delivered === 'callback' ? 'after' : 'before',
    apply(ctx, exchange) {
      const location = ctx.response.get('Location');
      if (exchange.endpoint === 'token') refuseToken(ctx, exchange, why);
      else if (delivered === 'callback' && URL.canParse(location)) {
        const url = new URL(location);
        const state = url.searchParams.get('state') ?? new URLSearchParams(url.hash.slice(1)).get('state');
        const fragment = url.hash !== '';
        for (const name of ['code', 'state', 'error', 'error_description']) url.searchParams.delete(name);
        url.hash = '';
        refuseByRedirect(ctx, exchange, why, { redirectUri: url.href, state, fragment });
        delete exchange.issued;
      } else refuseOnPage(ctx, exchange, why);
    },
  };
}

export default DOCUMENTED.map(faultOf);
