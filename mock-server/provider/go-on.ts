/** Goes on with an exchange whose answer was ready when its instance died: what is left is to stand where it stood, and what comes behind that. */
import type { Context } from 'koa';
import type { MockContext } from '../context.ts';
import type { Exchange } from '../recorder/exchange.ts';

/** Puts the answer that was ready on `ctx` and passes the gates and faults that it had before it. `exchange.parked` is there and ready. */
export async function goOn(ctx: Context, exchange: Exchange, parts: MockContext): Promise<void> {
  const { at, ready } = exchange.parked ?? {};
  if (at === undefined || ready === undefined) return;
  ctx.set({ ...ready.answer.headers } as Record<string, string | string[]>);
  ctx.status = ready.answer.status;
  if (ready.answer.body !== '' || 'content-type' in ready.answer.headers)
    ctx.body = Buffer.from(ready.answer.body, 'base64');
  Object.assign(exchange, ready.written);
  if (at.kind === 'gate') {
    await parts.gates.pass(at.point, exchange, at.token);
    if (at.point === 'resource-denied') await parts.gates.pass('resource-answer', exchange, at.token);
  }
  await parts.faults.after(
    at.kind === 'gate' && at.point.startsWith('resource') ? 'resource' : 'refresh',
    exchange,
    ctx,
  );
}
