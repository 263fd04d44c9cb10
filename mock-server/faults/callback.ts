/** How faults change where the browser is sent back to. */
import type { Context } from 'koa';

/** Changes the parameters of a callback that is ready and not yet sent, in the query or in the fragment. */
export function amendCallback(ctx: Context, change: (parameters: URLSearchParams) => void): void {
  const location = ctx.response.get('Location');
  if (!URL.canParse(location)) return;
  const url = new URL(location);
  const fragment = url.hash.length > 1;
  const parameters = new URLSearchParams(fragment ? url.hash.slice(1) : url.search);
  change(parameters);
  if (fragment) url.hash = parameters.toString();
  else url.search = parameters.toString();
  ctx.set('Location', url.href);
}
