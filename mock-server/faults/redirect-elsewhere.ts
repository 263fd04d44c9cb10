/** A redirect to another origin (RFC 9700 §4.12). Settings: `to`, default this mock under another host name; `status`, default 307. */
import { elsewhere } from './fault-answer.ts';
import { numberOf, textOf, type Fault } from './fault.ts';

export default {
  id: 'redirect-elsewhere',
  title: 'A redirect to another origin',
  on: 'refresh',
  phase: 'before',
  apply(ctx, _exchange, settings) {
    const here = `${ctx.protocol}://${ctx.host}`;
    const origin = URL.canParse(here) ? here : 'http://127.0.0.1';
    ctx.redirect(textOf(settings, 'to', elsewhere(`${origin}/services/oauth2/elsewhere`)));
    ctx.status = numberOf(settings, 'status', 307, 399);
    ctx.body = '';
  },
} satisfies Fault;
