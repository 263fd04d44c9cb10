/** The hybrid flows of the Mobile SDKs: the same grants under other names, with more in the answer. */
import type { Context } from 'koa';
import { hybridFields } from '../salesforce/site.ts';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { AnswerStyle } from '../oauth/grant.ts';

/** Undefined for a grant that is not hybrid. */
export function hybridStyle(ctx: Context, parts: MockContext): AnswerStyle | undefined {
  const { form, query } = (ctx.state as { readonly exchange: Exchange }).exchange;
  const name = form.get('grant_type') ?? query.get('grant_type') ?? '';
  return name.startsWith('hybrid_') ? { extra: hybridFields(parts) } : undefined;
}
