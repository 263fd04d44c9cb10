/** A redirect to another origin (RFC 9700 §4.12). Settings: `to`, default this mock under another host name; `status`, default 307. */
import { TLSSocket } from 'node:tls';
import { redirect } from '../reply.ts';
import { elsewhere } from './fault-answer.ts';
import { numberOf, textOf, type Fault } from './fault.ts';

export default {
  id: 'redirect-elsewhere',
  title: 'A redirect to another origin',
  on: 'refresh',
  phase: 'before',
  reply: (exchange, settings) => {
    const { socket } = exchange.incoming;
    const here = `http${socket instanceof TLSSocket ? 's' : ''}://${exchange.header('host')}`;
    const origin = URL.canParse(here) ? here : 'http://127.0.0.1';
    const to = textOf(settings, 'to', elsewhere(`${origin}/services/oauth2/elsewhere`));
    return redirect(to, {}, numberOf(settings, 'status', 307, 399));
  },
} satisfies Fault;
